/** The pure saga engine: a definition, a state and an event give the next state and what has to be sent; no framework, no clock, no I/O. */
@NullMarked
package dev.hubferry.orchestrator.saga.engine;

import org.jspecify.annotations.NullMarked;
