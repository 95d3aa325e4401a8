package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one replica of a participant is connected to, and whether that answers. It names every connection that the replica is configured
 * with, so a name that is missing is one that it does not have. May be lost: it is said again and again.
 *
 * @param service who says it
 * @param replica the process: another one after a restart
 * @param number grows with every report of the replica; one that is lower than another that was heard already is old
 * @param at by the clock of the replica, as all times in it
 * @param reportedEvery how long after this report the next one comes at the latest
 * @param askedEvery how often each connection is asked, about
 * @param connections those that it asks, in the order of their names, then those that it is configured with by name only
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@WireType("hubferry.connection-report.v1")
public record ConnectionReport(
        Participant service,
        String replica,
        long number,
        Instant at,
        Duration reportedEvery,
        Duration askedEvery,
        List<Connection> connections) {
    public ConnectionReport {
        Require.present(service, "service");
        Require.text(replica, "replica");
        Require.notNegative(number, "number");
        Require.present(at, "at");
        Require.notNegative(reportedEvery, "reportedEvery");
        Require.notNegative(askedEvery, "askedEvery");
        connections = connections == null ? List.of() : List.copyOf(connections);
    }

    /**
     * One connection, as it was when it was asked last.
     *
     * @param name as specs use it
     * @param since when it began to stand like this; none while it was not asked
     * @param checkedAt when it was asked last; none while it was not asked
     * @param code the kind of failure; none unless it FAILS
     * @param cause one sentence without secrets: why it FAILS, or why it could not be asked yet
     * @param facts such as the version of Kubernetes, by name; never secrets
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Connection(
            ConnectionKind kind,
            String name,
            Standing standing,
            Optional<Instant> since,
            Optional<Instant> checkedAt,
            Optional<ErrorCode> code,
            Optional<String> cause,
            Map<String, String> facts) {
        public Connection {
            Require.present(kind, "connections.kind");
            Require.text(name, "connections.name");
            Require.present(standing, "connections.standing");
            // Jackson hands null to a record for a missing property, whatever the declared type says.
            since = since == null ? Optional.empty() : since;
            checkedAt = checkedAt == null ? Optional.empty() : checkedAt;
            code = code == null ? Optional.empty() : code;
            cause = cause == null ? Optional.empty() : cause;
            facts = facts == null ? Map.of() : Map.copyOf(facts);
        }

        /** A connection that was not asked yet. */
        public static Connection unasked(ConnectionKind kind, String name) {
            return new Connection(
                    kind,
                    name,
                    Standing.UNASKED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());
        }
    }

    /** Whether a connection answers. */
    public enum Standing {
        /** It does, and lets the service in. */
        ANSWERS,
        /** It does not, or not to this service. */
        FAILS,
        /** Nobody has asked it yet, or there is nothing to ask, or what a newer version says of it has no name here. */
        @JsonEnumDefaultValue
        UNASKED
    }
}
