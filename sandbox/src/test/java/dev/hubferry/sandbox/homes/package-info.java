@NullMarked
package dev.hubferry.sandbox.homes;

import org.jspecify.annotations.NullMarked;
