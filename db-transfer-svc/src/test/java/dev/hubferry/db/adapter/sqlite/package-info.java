@NullMarked
package dev.hubferry.db.adapter.sqlite;

import org.jspecify.annotations.NullMarked;
