@NullMarked
package dev.hubferry.sandbox.world;

import org.jspecify.annotations.NullMarked;
