@NullMarked
package dev.hubferry.bench;

import org.jspecify.annotations.NullMarked;
