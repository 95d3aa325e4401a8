@NullMarked
package dev.hubferry.kubernetes;

import org.jspecify.annotations.NullMarked;
