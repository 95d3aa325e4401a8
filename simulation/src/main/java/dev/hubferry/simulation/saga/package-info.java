/** The real engine inside a modelled orchestrator. */
@NullMarked
package dev.hubferry.simulation.saga;

import org.jspecify.annotations.NullMarked;
