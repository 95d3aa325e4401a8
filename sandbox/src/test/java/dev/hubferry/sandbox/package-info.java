@NullMarked
package dev.hubferry.sandbox;

import org.jspecify.annotations.NullMarked;
