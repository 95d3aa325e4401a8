/** The commands of the sandbox: moving a hub for everybody to see, and leaving the world up to play with. */
@NullMarked
package dev.hubferry.sandbox.demo;

import org.jspecify.annotations.NullMarked;
