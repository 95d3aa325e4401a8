@NullMarked
package dev.hubferry.sandbox.probe;

import org.jspecify.annotations.NullMarked;
