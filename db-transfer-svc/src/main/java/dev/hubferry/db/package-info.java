/** Moves hub databases: the wiring of the service. */
@NullMarked
package dev.hubferry.db;

import org.jspecify.annotations.NullMarked;
