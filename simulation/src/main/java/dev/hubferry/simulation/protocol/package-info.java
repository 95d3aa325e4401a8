/** A model of Kafka, outbox, inbox, leases and the effect journal. */
@NullMarked
package dev.hubferry.simulation.protocol;

import org.jspecify.annotations.NullMarked;
