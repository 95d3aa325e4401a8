@NullMarked
package dev.hubferry.sandbox.hub;

import org.jspecify.annotations.NullMarked;
