@NullMarked
package dev.hubferry.failpoints.scan;

import org.jspecify.annotations.NullMarked;
