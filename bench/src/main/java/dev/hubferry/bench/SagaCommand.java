package dev.hubferry.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./hubferry bench saga}. */
@Command(
        name = "saga",
        description = {
            "Whole sagas on a real Kafka and a real Postgres, with the orchestrator's own service and four participants that are whole but "
                    + "for their use case: they answer at once.",
            "Beside each level stands its floor: a Kafka round trip and a Postgres commit per step, at the same concurrency."
        },
        mixinStandardHelpOptions = true)
final class SagaCommand implements Callable<Integer> {
    @Option(
            names = "--in-flight",
            split = ",",
            description = "migrations under way at once, a level each (default: ${DEFAULT-VALUE})",
            defaultValue = "1,10,100,1000")
    private List<Integer> levels = List.of();

    @Option(
            names = "--seconds",
            description = "how long each level is measured (default: ${DEFAULT-VALUE})",
            defaultValue = "20")
    private int seconds;

    @Option(
            names = "--warm-up",
            description = "seconds of load before the first level (default: ${DEFAULT-VALUE})",
            defaultValue = "90")
    private int warmUp;

    @Option(
            names = "--isolation",
            description =
                    "migrations under way while one crawls and others crash; 0: not measured (default: ${DEFAULT-VALUE})",
            defaultValue = "200")
    private int isolation;

    @Option(names = "--seed", description = "names the hubs that move (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Option(
            names = "--json",
            description = "where the figures go (default: target/bench-saga.json)",
            paramLabel = "FILE")
    private Path json = Path.of(System.getProperty("hubferry.root", "."), "target", "bench-saga.json");

    @Option(
            names = "--record",
            description = "keeps a flight recording of each service, and all logs, in this folder",
            paramLabel = "FOLDER",
            defaultValue = "")
    private String record = "";

    @Override
    public Integer call() throws InterruptedException {
        Path root = Path.of(System.getProperty("hubferry.root", ".")).toAbsolutePath();
        Plan plan = new Plan(levels, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), isolation, seed);
        try (World world = World.start(root, record)) {
            Results results = new SagaBench(world, plan, System.out::println).run();
            new Report(results).lines().forEach(System.out::println);
            new Report(results).write(json);
            System.out.println("figures: " + json);
            return results.failures().isEmpty() ? 0 : 1;
        }
    }
}
