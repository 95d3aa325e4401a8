/** How long the final pass over the homes is thought to take: functions of figures, without a clock. */
@NullMarked
package dev.hubferry.orchestrator.saga.forecast;

import org.jspecify.annotations.NullMarked;
