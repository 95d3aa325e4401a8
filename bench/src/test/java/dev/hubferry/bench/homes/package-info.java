@NullMarked
package dev.hubferry.bench.homes;

import org.jspecify.annotations.NullMarked;
