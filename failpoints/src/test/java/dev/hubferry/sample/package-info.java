/** Outside the agent's own package, which is not woven. */
@NullMarked
package dev.hubferry.sample;

import org.jspecify.annotations.NullMarked;
