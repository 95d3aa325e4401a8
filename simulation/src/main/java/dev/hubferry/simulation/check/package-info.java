/** What must always hold. */
@NullMarked
package dev.hubferry.simulation.check;

import org.jspecify.annotations.NullMarked;
