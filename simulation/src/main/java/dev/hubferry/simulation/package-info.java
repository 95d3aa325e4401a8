/** Runs schedules of a whole migration under faults, with the real engine and modelled surroundings. */
@NullMarked
package dev.hubferry.simulation;

import org.jspecify.annotations.NullMarked;
