/** Who may use what there is little of: limits and turns, as functions of what is known. */
@NullMarked
package dev.hubferry.orchestrator.saga.queue;

import org.jspecify.annotations.NullMarked;
