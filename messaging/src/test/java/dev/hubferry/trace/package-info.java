@NullMarked
package dev.hubferry.trace;

import org.jspecify.annotations.NullMarked;
