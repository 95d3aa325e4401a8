package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.StepRef;
import java.time.Instant;

/** A message to a participant; its id is {@link dev.hubferry.contracts.MessageId#ofCommand}, a cancel's is its own. */
public sealed interface Outgoing {
    Participant participant();

    StepRef step();

    /** Do it. */
    record Send(StepRef step, Command command) implements Outgoing {
        @Override
        public Participant participant() {
            return command.participant();
        }
    }

    /**
     * Ask what became of what {@link Send} asked for.
     *
     * @param at when; tells one probe of a command from the next
     */
    record Inquire(StepRef step, Participant participant, Probe probe, Instant at) implements Outgoing {}

    /** Withdraw what {@link Send} asked for. */
    record Withdraw(StepRef step, Participant participant, Cancel cancel) implements Outgoing {}
}
