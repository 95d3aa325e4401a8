/** The hub's database, a stand-in for the hub's process, and the way in from outside. */
@NullMarked
package dev.hubferry.sandbox.hub;

import org.jspecify.annotations.NullMarked;
