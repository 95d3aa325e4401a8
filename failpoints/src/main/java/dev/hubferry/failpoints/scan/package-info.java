/** Finds failpoints, and places that should be one, in class files. */
@NullMarked
package dev.hubferry.failpoints.scan;

import org.jspecify.annotations.NullMarked;
