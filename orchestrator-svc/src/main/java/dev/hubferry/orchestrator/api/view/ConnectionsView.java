package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import dev.hubferry.orchestrator.connections.Overview;
import dev.hubferry.orchestrator.connections.Overview.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which clusters, storage servers and zones are configured, and whether they answer.
 *
 * @param listeningSince since when this replica of the orchestrator hears participants; what they said before it does not know
 * @param connections by kind, then by name
 * @param mismatches names that some services are configured with and others lack; the first migration with one would fail
 */
public record ConnectionsView(Instant listeningSince, List<Connection> connections, List<Mismatch> mismatches) {
    /**
     * @param state the worst of what the services say: FAILS, then UNKNOWN
     * @param usableInSpecs whether the orchestrator is configured with the name
     * @param services those that use connections of this kind
     */
    public record Connection(
            ConnectionKind kind, String name, State state, boolean usableInSpecs, List<Service> services) {
        private static Connection of(Overview.Line line) {
            return new Connection(
                    line.kind(),
                    line.name(),
                    line.state(),
                    line.usableInSpecs(),
                    line.services().stream().map(Service::of).toList());
        }
    }

    /**
     * @param replicas how many of the service were heard of late
     * @param replica the one whose word this is: the one for which it fails, if there is any
     * @param since when it began to answer, or to fail
     * @param checkedAt when it was asked last
     * @param code the kind of failure
     * @param cause why it fails, or why nothing is known
     * @param facts such as the version of Kubernetes, by name
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Service(
            Participant service,
            State state,
            int replicas,
            Optional<String> replica,
            Optional<Instant> since,
            Optional<Instant> checkedAt,
            Optional<ErrorCode> code,
            Optional<String> cause,
            Map<String, String> facts) {
        private static Service of(Overview.Word word) {
            return new Service(
                    word.service(),
                    word.state(),
                    word.replicas(),
                    word.replica(),
                    word.since(),
                    word.checkedAt(),
                    word.code(),
                    word.cause(),
                    new TreeMap<>(word.facts()));
        }
    }

    /**
     * @param service that lacks the name, or has it alone
     * @param remedy what to do about it
     */
    public record Mismatch(ConnectionKind kind, String name, Participant service, String detail, String remedy) {
        private static Mismatch of(Overview.Mismatch mismatch) {
            return new Mismatch(
                    mismatch.kind(), mismatch.name(), mismatch.service(), mismatch.detail(), mismatch.remedy());
        }
    }

    /** @param shown the kinds that are asked for */
    public static ConnectionsView of(Instant listeningSince, Overview overview, Predicate<ConnectionKind> shown) {
        return new ConnectionsView(
                listeningSince,
                overview.lines().stream()
                        .filter(line -> shown.test(line.kind()))
                        .map(Connection::of)
                        .toList(),
                overview.mismatches().stream()
                        .filter(mismatch -> shown.test(mismatch.kind()))
                        .map(Mismatch::of)
                        .toList());
    }
}
