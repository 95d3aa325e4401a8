package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.simulation.chance.Row;

/**
 * A message: a command, a cancellation or a reply.
 *
 * @param id what a receiver knows it by when it comes again
 * @param row the row of the saga that it belongs to
 */
public record Letter(String id, StepRef step, Row row, Body body) {}
