/** The private place for copies of databases. */
@NullMarked
package dev.hubferry.db.adapter.disk;

import org.jspecify.annotations.NullMarked;
