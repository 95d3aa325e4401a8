package dev.hubferry.messaging;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ConnectionReport.Connection;
import dev.hubferry.contracts.ConnectionReport.Standing;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.messaging.WatchedConnections.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Asks each connection of the service again and again whether it answers, and remembers what was found. A connection is never asked
 * twice at a time: one whose question does not end even when it is interrupted is not asked again, and what is known of it grows old.
 */
final class ConnectionWatch {
    private static final Logger LOG = Logger.getLogger(ConnectionWatch.class);

    /** The first questions come soon, but not all at once. */
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(5);

    /** When to try again what was postponed. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    /** The part by which the time between two questions is shortened or lengthened at the most. */
    private static final double JITTER = 0.2;

    private final WatchedConnections connections;
    private final ConnectionWatchConfig config;
    private final Clock clock;
    private final Signal changed;
    private final Map<String, Connection> known = new ConcurrentSkipListMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param changed raised when a connection stands otherwise than before */
    ConnectionWatch(WatchedConnections connections, ConnectionWatchConfig config, Clock clock, Signal changed) {
        this.connections = connections;
        this.config = config;
        this.clock = clock;
        this.changed = changed;
        connections.names().forEach(name -> known.put(name, Connection.unasked(connections.kind(), name)));
    }

    void start() {
        known.keySet()
                .forEach(name ->
                        threads.add(Thread.ofVirtual().name("watch-" + name).start(() -> askForEver(name))));
    }

    void stop() {
        threads.forEach(Thread::interrupt);
    }

    /** Every connection as it was found last, in the order of their names, and those that are only named. */
    List<Connection> known() {
        List<Connection> all = new ArrayList<>(known.values());
        connections
                .namedToo()
                .forEach((kind, names) -> names.stream()
                        .sorted()
                        .map(name -> Connection.unasked(kind, name))
                        .forEach(all::add));
        return List.copyOf(all);
    }

    private void askForEver(String name) {
        try {
            Thread.sleep(part(atMost(FIRST_WITHIN), ThreadLocalRandom.current().nextDouble()));
            while (true) {
                Duration pause = ask(name) ? config.every() : atMost(AGAIN_AFTER);
                Thread.sleep(part(pause, 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER)));
            }
        } catch (InterruptedException e) {
            LOG.debugf("the watch over a connection ends name=%s", name);
        }
    }

    private Duration atMost(Duration limit) {
        return config.every().compareTo(limit) < 0 ? config.every() : limit;
    }

    private static Duration part(Duration whole, double part) {
        return Duration.ofNanos((long) (whole.toNanos() * part));
    }

    /** Whether it was asked, and not postponed; returns when the question has ended, which may be later than what was found is known. */
    boolean ask(String name) throws InterruptedException {
        FutureTask<Finding> asking = new FutureTask<>(() -> connections.ask(name));
        Thread thread = Thread.ofVirtual().name("ask-" + name).start(asking);
        try {
            Finding finding = await(name, asking);
            hear(name, finding);
            return !(finding instanceof Finding.Postponed);
        } finally {
            thread.interrupt();
            thread.join();
        }
    }

    private Finding await(String name, FutureTask<Finding> asking) throws InterruptedException {
        try {
            return asking.get(config.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Finding.Fails(unreachable(connections.kind()), "no answer within " + config.timeLimit());
        } catch (ExecutionException e) {
            // What such an exception says was written for a log, and nobody has looked for secrets in it.
            LOG.warnf(e.getCause(), "a connection could not be asked kind=%s name=%s", connections.kind(), name);
            return new Finding.Fails(ErrorCode.UNEXPECTED, "it could not be asked; the log of the service says why");
        }
    }

    private static ErrorCode unreachable(ConnectionKind kind) {
        return switch (kind) {
            case CLUSTER -> ErrorCode.CLUSTER_UNREACHABLE;
            case STORAGE -> ErrorCode.SSH_UNREACHABLE;
            case ZONE -> ErrorCode.DNS_UNREACHABLE;
            case OTHER -> ErrorCode.UNEXPECTED;
        };
    }

    private void hear(String name, Finding finding) {
        Connection before = known.getOrDefault(name, Connection.unasked(connections.kind(), name));
        Connection now = after(before, finding, clock.instant());
        known.put(name, now);
        if (now.standing() != before.standing() || !now.code().equals(before.code())) {
            log(now);
            changed.raise();
        }
    }

    private static Connection after(Connection before, Finding finding, Instant now) {
        return switch (finding) {
            case Finding.Answers(Map<String, String> facts) ->
                asked(before, Standing.ANSWERS, now, Optional.empty(), Optional.empty(), facts);
            case Finding.Fails(ErrorCode code, String cause) ->
                asked(before, Standing.FAILS, now, Optional.of(code), Optional.of(ShownText.of(cause)), before.facts());
            case Finding.Postponed(String why) -> before.standing() == Standing.UNASKED ? waiting(before, why) : before;
        };
    }

    private static Connection asked(
            Connection before,
            Standing standing,
            Instant now,
            Optional<ErrorCode> code,
            Optional<String> cause,
            Map<String, String> facts) {
        Instant since = before.standing() == standing ? before.since().orElse(now) : now;
        return new Connection(
                before.kind(), before.name(), standing, Optional.of(since), Optional.of(now), code, cause, facts);
    }

    private static Connection waiting(Connection before, String why) {
        return new Connection(
                before.kind(),
                before.name(),
                Standing.UNASKED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ShownText.of(why)),
                before.facts());
    }

    private static void log(Connection now) {
        switch (now.standing()) {
            case ANSWERS ->
                LOG.infof("connection answers kind=%s name=%s facts=%s", now.kind(), now.name(), now.facts());
            case FAILS ->
                LOG.warnf(
                        "connection fails kind=%s name=%s code=%s cause=%s",
                        now.kind(),
                        now.name(),
                        now.code().orElseThrow(),
                        now.cause().orElseThrow());
            case UNASKED -> LOG.debugf("connection not asked yet kind=%s name=%s", now.kind(), now.name());
        }
    }
}
