package dev.hubferry.orchestrator.connections;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every connection that the orchestrator or a participant is configured with.
 *
 * @param lines by kind, then by name
 * @param mismatches names that some are configured with and others lack
 */
public record Overview(List<Line> lines, List<Mismatch> mismatches) {
    public Overview {
        lines = List.copyOf(lines);
        mismatches = List.copyOf(mismatches);
    }

    /** Whether something answers. */
    public enum State {
        ANSWERS,
        FAILS,
        /** Nobody has said so, or not lately. */
        UNKNOWN
    }

    /**
     * One connection.
     *
     * @param state the worst of what its services say: FAILS, then UNKNOWN
     * @param usableInSpecs whether the orchestrator is configured with it
     * @param services those that use connections of its kind
     */
    public record Line(ConnectionKind kind, String name, State state, boolean usableInSpecs, List<Word> services) {
        public Line {
            services = List.copyOf(services);
        }
    }

    /**
     * What the replicas of one service say of a connection.
     *
     * @param replicas how many of the service were heard of late
     * @param replica the one whose word this is
     * @param since when it began to answer, or to fail
     * @param checkedAt when it was asked last
     * @param code the kind of failure
     * @param cause one sentence: why it fails, or why nothing is known
     * @param facts worth knowing, by name
     */
    public record Word(
            Participant service,
            State state,
            int replicas,
            Optional<String> replica,
            Optional<Instant> since,
            Optional<Instant> checkedAt,
            Optional<ErrorCode> code,
            Optional<String> cause,
            Map<String, String> facts) {
        public Word {
            facts = Map.copyOf(facts);
        }
    }

    /**
     * A name that is not configured everywhere, which the first migration with it would find out.
     *
     * @param service that has it and should not, or the other way round
     * @param detail what is so
     * @param remedy what to do about it
     */
    public record Mismatch(ConnectionKind kind, String name, Participant service, String detail, String remedy) {}
}
