package dev.hubferry.simulation;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry of {@code ./hubferry simulate}. */
@Command(
        name = "hubferry simulate",
        description =
                "Runs a whole migration many times, each time as other dice fall, and checks that its promises hold.",
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    @Option(names = "--schedules", description = "how many (default: ${DEFAULT-VALUE})", defaultValue = "100000")
    private long schedules;

    @Option(
            names = "--seed",
            description = "the same seed gives the same schedules (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--replay",
            description = "runs this one schedule and prints everything that happens in it",
            paramLabel = "SEED:INDEX",
            defaultValue = "")
    private String replay = "";

    @Option(names = "--threads", description = "default: one per processor", defaultValue = "0")
    private int threads;

    @Option(
            names = "--target-open",
            description =
                    "the target's own hub may run before, and after the way back; schedules will fail, since caches lead users there")
    private boolean targetOpen;

    @Option(
            names = "--host-fence",
            description =
                    "storage hosts refuse stale runs only as they do today; schedules will fail, since a sleeper is let in")
    private boolean hostFence;

    /** Exits with 0 when all invariants held and every fault was met, else with 1. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        return replay.isEmpty() ? run() : replay();
    }

    private int run() throws InterruptedException {
        long start = System.nanoTime();
        int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        Summary summary = new Simulator(new Parts(), settings(seed)).run(schedules, workers);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        say(summary.coverage().table());
        say("");
        say(summary.text());
        say("seed %d, %d.%01d s, %d schedules/s"
                .formatted(
                        seed,
                        took.toSeconds(),
                        took.toMillisPart() / 100,
                        summary.schedules() * 1_000 / Math.max(1, took.toMillis())));
        summary.failures().forEach(failure -> say("FAILED: " + failure.line()));
        summary.neverMet().forEach(cell -> say("NEVER MET: " + cell));
        return summary.failures().isEmpty() && summary.neverMet().isEmpty() ? 0 : 1;
    }

    private int replay() {
        String[] parts = replay.split(":", 2);
        Outcome outcome =
                new Simulator(new Parts(), settings(Long.parseLong(parts[0]))).replay(Long.parseLong(parts[1]));
        outcome.trace().forEach(Main::say);
        return switch (outcome) {
            case Outcome.Sound sound -> {
                say("ended as " + sound.ending() + ", all invariants held");
                yield 0;
            }
            case Outcome.Broken _ -> 1;
        };
    }

    private Settings settings(long ofSeed) {
        return new Settings(ofSeed, targetOpen, hostFence);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
