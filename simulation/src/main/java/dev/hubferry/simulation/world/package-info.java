/** Two hubs, homes, databases, a zone and users, and what participants do to them. */
@NullMarked
package dev.hubferry.simulation.world;

import org.jspecify.annotations.NullMarked;
