/** Whole migrations in the sandbox, seen from outside. */
@NullMarked
package dev.hubferry.system;

import org.jspecify.annotations.NullMarked;
