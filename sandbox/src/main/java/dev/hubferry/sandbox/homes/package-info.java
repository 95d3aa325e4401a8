/** Home directories as a hub's users leave them, from a seed. */
@NullMarked
package dev.hubferry.sandbox.homes;

import org.jspecify.annotations.NullMarked;
