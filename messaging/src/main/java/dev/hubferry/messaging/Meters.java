package dev.hubferry.messaging;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.function.IntSupplier;

/** What this module counts of commands and messages. The page docs/operations/metrics.md repeats the descriptions, and a test compares. */
final class Meters {
    /** From a look at a record to a copy of days. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12),
        Duration.ofDays(2)
    };

    private final MeterRegistry registry;
    private final Counter takeovers;
    private final Counter leasesLost;
    private final Counter databaseRetries;

    /** How a run of a command came to its end. */
    enum Outcome {
        /** Answered with what was asked for. */
        DONE,
        /** Answered with a refusal. */
        REJECTED,
        /** Answered, because the orchestrator withdrew it. */
        CANCELLED,
        /** Not answered: another run has the command, or this one gave it back. */
        UNANSWERED;

        static Outcome of(Reply answer) {
            if (answer instanceof Rejected rejected) {
                return rejected.code() == ErrorCode.CANCELLED ? CANCELLED : REJECTED;
            }
            return DONE;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.takeovers = Counter.builder("hubferry.lease.takeovers")
                .description("Commands that this replica took over from one whose lease had run out")
                .register(registry);
        this.leasesLost = Counter.builder("hubferry.leases.lost")
                .description("Runs of commands that lost their lease, other than by the service's end")
                .register(registry);
        this.databaseRetries = Counter.builder("hubferry.database.retries")
                .description("Failed attempts at work that is tried until the database answers")
                .register(registry);
    }

    /** Begins to say how many commands run. */
    void watchRunning(IntSupplier running) {
        Gauge.builder("hubferry.commands.running", running, IntSupplier::getAsInt)
                .description("Commands that this replica is at work on")
                .strongReference(true)
                .register(registry);
    }

    /** Says 0 of topics until something of them is refused, so that the first dead letter is an increase. */
    void expectDeadLetters(Collection<String> topics) {
        topics.forEach(this::deadLetters);
    }

    void commandRan(String type, Outcome outcome, long nanos) {
        Timer.builder("hubferry.command.duration")
                .description("How long runs of commands took, by how they came to their end:"
                        + " done, rejected, cancelled, or unanswered since another run has the command")
                .tag("type", type)
                .tag("outcome", outcome.label())
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    void commandRejected(String type, ErrorCode code) {
        Counter.builder("hubferry.commands.rejected")
                .description("Commands that were answered with a refusal, by its first error code")
                .tag("type", type)
                .tag("code", code.name())
                .register(registry)
                .increment();
    }

    void takenOver(long commands) {
        takeovers.increment(commands);
    }

    void leaseLost() {
        leasesLost.increment();
    }

    void databaseRetried() {
        databaseRetries.increment();
    }

    void published(String topic) {
        Counter.builder("hubferry.messages.published")
                .description("Messages of the outbox that the broker has acknowledged")
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    void deadLetter(String topic) {
        deadLetters(topic).increment();
    }

    private Counter deadLetters(String topic) {
        return Counter.builder("hubferry.dead.letters")
                .description("Records that were put aside since they could not be handled, by the topic they came from")
                .tag("topic", topic)
                .register(registry);
    }
}
