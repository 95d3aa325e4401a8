package dev.hubferry.storage.adapter.metrics;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.HomeCopier;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts passes and what they brought, and says how fast those go that are under way. */
public final class MeteredHomeCopier implements HomeCopier {
    private static final Duration[] BUCKETS = {
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

    private final HomeCopier copier;
    private final Speeds speeds;
    private final MeterRegistry registry;

    /** How fast each pass is that this replica has under way, shared by all who copy. */
    public static final class Speeds {
        private final Map<Object, Long> bytesPerSecond = new ConcurrentHashMap<>();

        public Speeds(MeterRegistry registry) {
            Gauge.builder("hubferry.copy.bytes.per.second", this, Speeds::sum)
                    .description("How fast content comes to the targets now, over all passes that this replica follows")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("hubferry.passes.running", bytesPerSecond, Map::size)
                    .description("Passes over homes that this replica follows now")
                    .strongReference(true)
                    .register(registry);
        }

        private double sum() {
            return bytesPerSecond.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public MeteredHomeCopier(HomeCopier copier, Speeds speeds, MeterRegistry registry) {
        this.copier = copier;
        this.speeds = speeds;
        this.registry = registry;
    }

    private interface Pass<T> {
        T follow(CommandRun run) throws InterruptedException;
    }

    @Override
    public List<FinishedPass> finished(Route route, String command) throws InterruptedException {
        return copier.finished(route, command);
    }

    @Override
    public Optional<FinishedPass> resume(Route route, CommandRun run) throws InterruptedException {
        // Only a final pass is waited for without being asked for anew.
        Optional<FinishedPass> pass = followed(run, Kind.FINAL, watched -> copier.resume(route, watched));
        pass.ifPresent(this::count);
        return pass;
    }

    @Override
    public FinishedPass run(Route route, PassOrder order, CommandRun run) throws InterruptedException {
        FinishedPass pass = followed(run, order.kind(), watched -> copier.run(route, order, watched));
        count(pass);
        return pass;
    }

    private <T> T followed(CommandRun run, Kind kind, Pass<T> pass) throws InterruptedException {
        Object key = new Object();
        speeds.bytesPerSecond.put(key, 0L);
        try {
            return pass.follow(new WatchedRun(
                    run,
                    said -> speeds.bytesPerSecond.put(key, said.bytesPerSecond().orElse(0L))));
        } catch (Refusal e) {
            Counter.builder("hubferry.passes.failed")
                    .description("Passes over homes that came to no good end, by error")
                    .tags("kind", label(kind), "code", e.rejected().code().name())
                    .register(registry)
                    .increment();
            throw e;
        } finally {
            speeds.bytesPerSecond.remove(key);
        }
    }

    private void count(FinishedPass pass) {
        PassReport report = pass.report();
        Timer.builder("hubferry.pass.duration")
                .description("How long passes over homes took that came to an end,"
                        + " and whether they left something out for the next one")
                .tags(
                        "kind",
                        label(report.kind()),
                        "complete",
                        Boolean.toString(pass.incomplete().isEmpty()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.between(report.startedAt(), report.endedAt()));
        add("hubferry.copied.bytes", "Content that passes over homes brought", report.kind(), report.bytesSent());
        add("hubferry.copied.files", "Files that passes over homes sent", report.kind(), report.filesSent());
        add("hubferry.scanned.entries", "Entries that passes over homes looked at", report.kind(), report.entries());
        add(
                "hubferry.deleted.entries",
                "Entries that passes over homes removed from targets",
                report.kind(),
                report.deleted());
    }

    private void add(String name, String description, Kind kind, long amount) {
        Counter.builder(name)
                .description(description)
                .tag("kind", label(kind))
                .register(registry)
                .increment(amount);
    }

    private static String label(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
