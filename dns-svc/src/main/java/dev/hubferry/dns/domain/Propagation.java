package dev.hubferry.dns.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.dns.domain.NameServers.Answer;
import dev.hubferry.dns.domain.NameServers.Served;
import dev.hubferry.dns.domain.NameServers.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks every authoritative server of a zone, again and again, until all serve the same record. */
final class Propagation {

    /** What is to be served. */
    record Expected(DomainName name, ZoneRecord record, Ttl ttl, List<ServiceRecord> services) {}

    /** Whether the time to live must be right, too. */
    enum Ttl {
        ANY,
        EXACT
    }

    /** How often servers are asked, and when to give up. */
    record Patience(Duration interval, Duration limit) {}

    /** What one server was found to do. */
    private sealed interface State {
        record AsExpected() implements State {}

        record NotYet(String what) implements State {}

        /** It serves the record, but has lost service records. */
        record Lost(String what) implements State {}
    }

    private static final List<String> LEADING_TYPES = List.of("A", "AAAA", "CNAME");

    private final DomainName domain;
    private final NameServers nameServers;
    private final Set<String> serviceHosts;
    private final Patience patience;
    private final Clock clock;
    private final Pause pause;

    Propagation(
            DomainName domain,
            NameServers nameServers,
            Set<String> serviceHosts,
            Patience patience,
            Clock clock,
            Pause pause) {
        this.domain = domain;
        this.nameServers = nameServers;
        this.serviceHosts = new LinkedHashSet<>(serviceHosts);
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
    }

    /** The servers once all serve what is expected, or which of them answers what instead. */
    Outcome<List<Server>> await(Expected expected, ZoneWork work) throws InterruptedException {
        List<Server> servers = nameServers.of(domain);
        Instant limit = clock.instant().plus(patience.limit());
        while (true) {
            work.ensureHeld();
            Map<Server, State> states = states(servers, expected);
            long ready = states.values().stream()
                    .filter(State.AsExpected.class::isInstance)
                    .count();
            work.reportServers("name servers with " + expected.record(), (int) ready, servers.size());
            Optional<Problem> lost = lost(states);
            if (lost.isPresent()) {
                return Outcome.refused(lost.get());
            }
            if (ready == servers.size()) {
                return Outcome.done(servers);
            }
            if (!clock.instant().isBefore(limit)) {
                return new Outcome.Refused<>(late(states, expected.name()));
            }
            pause.pause(patience.interval());
        }
    }

    /** What is wrong with the servers right now; empty when all serve the record. */
    List<Problem> differences(Expected expected) throws InterruptedException {
        return late(states(nameServers.of(domain), expected), expected.name());
    }

    /** The zone's service records, as far as their hosts are known to be looked for; from the first server that answers. */
    List<ServiceRecord> services() throws InterruptedException {
        String why = "";
        for (Server server : nameServers.of(domain)) {
            Optional<List<ServiceRecord>> found = services(server);
            if (found.isPresent()) {
                return found.get();
            }
            why = server.toString();
        }
        throw new DnsAccessException(
                ErrorCode.DNS_UNREACHABLE,
                "no name server of " + domain + " answered for service records, last " + why);
    }

    private Map<Server, State> states(List<Server> servers, Expected expected) throws InterruptedException {
        Map<Server, State> states = new LinkedHashMap<>();
        for (Server server : servers) {
            states.put(server, state(server, expected));
        }
        return states;
    }

    private State state(Server server, Expected expected) throws InterruptedException {
        for (String type : LEADING_TYPES) {
            Optional<String> wrong = wrong(nameServers.ask(server, expected.name(), type), type, expected);
            if (wrong.isPresent()) {
                return new State.NotYet(wrong.get());
            }
        }
        return lostServices(server, expected.services());
    }

    /** An A record must be the only answer for A, and there must be none for AAAA; a CNAME is the answer whatever is asked. */
    private static Optional<String> wrong(Answer answer, String type, Expected expected) {
        return switch (answer) {
            case Answer.Silent(String why) -> Optional.of("does not answer (" + why + ")");
            case Answer.NotAuthoritative(String what) -> Optional.of("answers without authority: " + what);
            case Answer.Authoritative(Set<Served> records) -> {
                ZoneRecord record = expected.record();
                boolean answers = record.type().equals(type) || record.type().equals("CNAME");
                Set<Served> wanted = answers ? Set.of(served(record)) : Set.of();
                Set<Served> seen = expected.ttl() == Ttl.EXACT ? records : withTtlOf(records, record);
                yield seen.equals(wanted) ? Optional.empty() : Optional.of("answers " + type + " " + lines(records));
            }
        };
    }

    private State lostServices(Server server, List<ServiceRecord> before) throws InterruptedException {
        if (before.isEmpty()) {
            return new State.AsExpected();
        }
        Optional<List<ServiceRecord>> now = services(server);
        if (now.isEmpty()) {
            return new State.NotYet("does not answer for service records");
        }
        List<ServiceRecord> lost = new ArrayList<>(before);
        lost.removeAll(now.get());
        return lost.isEmpty() ? new State.AsExpected() : new State.Lost(lost.toString());
    }

    private Optional<List<ServiceRecord>> services(Server server) throws InterruptedException {
        List<ServiceRecord> found = new ArrayList<>();
        for (String host : serviceHosts) {
            DomainName name = DomainName.of(host + "." + domain);
            switch (nameServers.ask(server, name, "SRV")) {
                case Answer.Authoritative(Set<Served> records) ->
                    records.stream()
                            .filter(record -> record.type().equals("SRV"))
                            .map(record -> new ServiceRecord(name, record.value()))
                            .forEach(found::add);
                case Answer.NotAuthoritative _, Answer.Silent _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(found);
    }

    private static Optional<Problem> lost(Map<Server, State> states) {
        for (Map.Entry<Server, State> entry : states.entrySet()) {
            if (entry.getValue() instanceof State.Lost(String what)) {
                return Optional.of(new Problem(
                        ErrorCode.ZONE_WRITE_WRONG,
                        "name server " + entry.getKey(),
                        "since the zone was written it no longer serves " + what,
                        "put these service records back by hand; the provider's API cannot"));
            }
        }
        return Optional.empty();
    }

    private static List<Problem> late(Map<Server, State> states, DomainName name) {
        List<Problem> problems = new ArrayList<>();
        states.forEach((server, state) -> {
            if (state instanceof State.NotYet(String what)) {
                problems.add(new Problem(
                        ErrorCode.NOT_PROPAGATED,
                        "name server " + server,
                        "for " + name + " it " + what,
                        "wait, or ask the provider why this server is behind"));
            }
        });
        return problems;
    }

    private static Served served(ZoneRecord record) {
        return new Served(record.type(), record.value(), record.ttlSeconds());
    }

    private static Set<Served> withTtlOf(Set<Served> records, ZoneRecord record) {
        Set<Served> same = new LinkedHashSet<>();
        records.forEach(served -> same.add(new Served(served.type(), served.value(), record.ttlSeconds())));
        return same;
    }

    private static String lines(Set<Served> records) {
        return records.isEmpty()
                ? "with nothing"
                : String.join(
                        ", ",
                        records.stream()
                                .map(record -> record.ttlSeconds() + " " + record.type() + " " + record.value())
                                .sorted()
                                .toList());
    }
}
