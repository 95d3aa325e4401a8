package dev.hubferry.messaging;

import java.util.Optional;

/** How far a command in the inbox has come. */
sealed interface Whereabouts {
    Whereabouts WAITING = new Waiting();
    Whereabouts RUNNING = new Running();

    record Waiting() implements Whereabouts {}

    record Running() implements Whereabouts {}

    /** @param reply none of a command that ended before replies were kept */
    record Ended(Optional<WireMessage> reply) implements Whereabouts {}
}
