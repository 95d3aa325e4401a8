/** What makes a schedule: virtual time, one seeded source of chance, faults and how often they were met. */
@NullMarked
package dev.hubferry.simulation.chance;

import org.jspecify.annotations.NullMarked;
