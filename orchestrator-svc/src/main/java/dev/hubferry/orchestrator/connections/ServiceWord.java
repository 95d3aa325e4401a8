package dev.hubferry.orchestrator.connections;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ConnectionReport;
import dev.hubferry.contracts.ConnectionReport.Connection;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import dev.hubferry.orchestrator.connections.ConnectionBoard.Heard;
import dev.hubferry.orchestrator.connections.Overview.Mismatch;
import dev.hubferry.orchestrator.connections.Overview.State;
import dev.hubferry.orchestrator.connections.Overview.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one service says of its connections. Of several replicas the worst counts, since any of them may carry out a command: one for
 * which it fails, then one that does not have it, then one for which it answers; those that have not asked yet only when no other has.
 */
final class ServiceWord {
    /** So many reports, or questions, may be missing before what was said last counts no more. */
    private static final int MISSING = 3;

    private final Participant service;
    private final List<Heard> all;
    private final List<Heard> awake;
    private final Instant now;

    /** @param heard of all services */
    ServiceWord(Participant service, List<Heard> heard, Instant now) {
        this.service = service;
        this.all = heard.stream()
                .filter(each -> each.report().service() == service)
                .sorted(Comparator.comparing(each -> each.report().replica()))
                .toList();
        this.awake = all.stream().filter(each -> isAwake(each, now)).toList();
        this.now = now;
    }

    /** One replica and what it says of a connection; empty when it does not have it. */
    private record Said(Heard heard, Optional<Connection> connection) {}

    private static boolean isAwake(Heard heard, Instant now) {
        return !heard.at()
                .plus(heard.report().reportedEvery().multipliedBy(MISSING))
                .isBefore(now);
    }

    /** Every name of a kind that a replica has which was heard of late. */
    Set<String> names(ConnectionKind kind) {
        return awake.stream()
                .flatMap(heard -> heard.report().connections().stream())
                .filter(connection -> connection.kind() == kind)
                .map(Connection::name)
                .collect(Collectors.toSet());
    }

    /**
     * What is wrong with the configuration of a name; empty while nobody is there to tell.
     *
     * @param usable whether the orchestrator is configured with it
     */
    Optional<Mismatch> mismatch(ConnectionKind kind, String name, boolean usable) {
        long lacking = awake.stream()
                .filter(heard -> find(heard, kind, name).isEmpty())
                .count();
        if (usable && lacking > 0) {
            return Optional.of(new Mismatch(
                    kind,
                    name,
                    service,
                    "%s names it, but %d of %d replicas of %s lack it in %s"
                            .formatted(
                                    Users.keyOf(kind),
                                    lacking,
                                    awake.size(),
                                    Users.serviceName(service),
                                    Users.keyOf(service, kind)),
                    "configure %s.%s in every replica of %s, or take the name from %s"
                            .formatted(
                                    Users.keyOf(service, kind), name, Users.serviceName(service), Users.keyOf(kind))));
        }
        if (!usable && lacking < awake.size()) {
            return Optional.of(new Mismatch(
                    kind,
                    name,
                    service,
                    "%s is configured with it, but %s does not name it, so specs with it are refused"
                            .formatted(Users.serviceName(service), Users.keyOf(kind)),
                    "add the name to %s, or take it from %s".formatted(Users.keyOf(kind), Users.keyOf(service, kind))));
        }
        return Optional.empty();
    }

    Word of(ConnectionKind kind, String name) {
        if (awake.isEmpty()) {
            return unknown(Optional.empty(), silence());
        }
        List<Said> said = awake.stream()
                .map(heard -> new Said(heard, find(heard, kind, name)))
                .toList();
        return first(said, State.FAILS)
                .or(() -> said.stream()
                        .filter(each -> each.connection().isEmpty())
                        .findFirst())
                .or(() -> first(said, State.ANSWERS))
                .map(this::word)
                .orElseGet(() -> word(said.getFirst()));
    }

    private static Optional<Connection> find(Heard heard, ConnectionKind kind, String name) {
        return heard.report().connections().stream()
                .filter(each -> each.kind() == kind && each.name().equals(name))
                .findFirst();
    }

    /** Of those in that state, the one that has been so for the longest. */
    private Optional<Said> first(List<Said> said, State state) {
        return said.stream()
                .filter(each -> each.connection().isPresent() && state(each) == state)
                .min(Comparator.comparing(
                        each -> each.connection().flatMap(Connection::since).orElse(Instant.MAX)));
    }

    private State state(Said said) {
        Connection connection = said.connection().orElseThrow();
        if (isOld(said.heard(), connection)) {
            return State.UNKNOWN;
        }
        return switch (connection.standing()) {
            case ANSWERS -> State.ANSWERS;
            case FAILS -> State.FAILS;
            case UNASKED -> State.UNKNOWN;
        };
    }

    /** The replica's clock and this one's need not agree: each measures its own part of the time. */
    private boolean isOld(Heard heard, Connection connection) {
        ConnectionReport report = heard.report();
        Duration age = connection
                .checkedAt()
                .map(at -> Duration.between(at, report.at()).plus(Duration.between(heard.at(), now)))
                .orElse(Duration.ZERO);
        return age.compareTo(report.askedEvery().multipliedBy(MISSING)) > 0;
    }

    private Word word(Said said) {
        String replica = said.heard().report().replica();
        if (said.connection().isEmpty()) {
            return unknown(
                    Optional.of(ErrorCode.CONNECTION_UNKNOWN),
                    Users.serviceName(service) + " is not configured with it");
        }
        Connection connection = said.connection().get();
        State state = state(said);
        return new Word(
                service,
                state,
                awake.size(),
                Optional.of(replica),
                connection.since(),
                connection.checkedAt(),
                connection.code(),
                state == State.UNKNOWN ? Optional.of(whyUnknown(connection)) : connection.cause(),
                connection.facts());
    }

    private static String whyUnknown(Connection connection) {
        return switch (connection.standing()) {
            case ANSWERS -> "it answered when it was asked last, but that is too long ago";
            case FAILS ->
                "it failed when it was asked last, but that is too long ago"
                        + connection.cause().map(cause -> ": " + cause).orElse("");
            case UNASKED -> connection.cause().orElse("it was not asked yet");
        };
    }

    private Word unknown(Optional<ErrorCode> code, String cause) {
        return new Word(
                service,
                State.UNKNOWN,
                awake.size(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                code,
                Optional.of(cause),
                Map.of());
    }

    private String silence() {
        String name = Users.serviceName(service);
        return all.stream()
                .map(Heard::at)
                .max(Comparator.naturalOrder())
                .map(last -> "%s is silent: it was heard last %d s ago"
                        .formatted(name, Duration.between(last, now).toSeconds()))
                .orElse("%s was not heard yet".formatted(name));
    }
}
