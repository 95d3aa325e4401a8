package dev.hubferry.messaging;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import java.util.Map;
import java.util.Set;

/** The connections of a participant; a service that has a bean of this reports whether they answer. */
public interface WatchedConnections {
    Participant service();

    ConnectionKind kind();

    /** All that the service is configured with, whether they can be asked or not. */
    Set<String> names();

    /** Connections of others that the service is configured with by their names too, and has nothing to ask of; by kind. */
    default Map<ConnectionKind, Set<String>> namedToo() {
        return Map.of();
    }

    /**
     * Asks one of them whether it answers, and lets the service in, without changing anything and as cheaply as that can be found out.
     * Called for each name by one thread at a time; interrupted when it takes too long.
     */
    Finding ask(String name) throws InterruptedException;

    /** What asking found out. */
    sealed interface Finding {
        /** @param facts worth knowing, by name; never secrets */
        record Answers(Map<String, String> facts) implements Finding {
            public Answers {
                facts = Map.copyOf(facts);
            }
        }

        /** @param cause one sentence without secrets */
        record Fails(ErrorCode code, String cause) implements Finding {}

        /**
         * It was not asked, so that nothing is taken from those who work with it; what was found before still stands.
         *
         * @param why one sentence without secrets
         */
        record Postponed(String why) implements Finding {}
    }
}
