/** Hub databases as SQLite files on the disk of this service. */
@NullMarked
package dev.hubferry.db.adapter.sqlite;

import org.jspecify.annotations.NullMarked;
