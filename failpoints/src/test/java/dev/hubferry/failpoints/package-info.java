@NullMarked
package dev.hubferry.failpoints;

import org.jspecify.annotations.NullMarked;
