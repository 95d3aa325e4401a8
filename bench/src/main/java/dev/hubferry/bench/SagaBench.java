package dev.hubferry.bench;

import dev.hubferry.bench.Results.Floored;
import dev.hubferry.bench.Results.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Measures level after level: its floor first, while nothing else goes on, then the load. */
final class SagaBench {
    /** Enough that everything is compiled which a crowd needs: a service runs for weeks. */
    private static final int WARM_UP = 200;

    private final World world;
    private final Plan plan;
    private final Consumer<String> say;
    private final Api api;
    private final Meter meter = new Meter();
    private final List<Load> loads = new CopyOnWriteArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** @param say hears what goes on */
    SagaBench(World world, Plan plan, Consumer<String> say) {
        this.world = world;
        this.plan = plan;
        this.say = say;
        this.api = world.api();
    }

    Results run() throws InterruptedException {
        try (EventFeed _ = new EventFeed(world.kafka().bootstrapServers(), this::heard)) {
            warmUp();
            List<Level> levels = new ArrayList<>();
            for (int inFlight : plan.levels()) {
                say.accept("floor of " + inFlight + " at once");
                Floored floor = FloorRun.measure(world, inFlight, plan.window().dividedBy(2));
                say.accept(inFlight + " in flight");
                levels.add(measure(Integer.toString(inFlight), inFlight, floor));
            }
            return new Results(machine(), levels, isolation(), failures);
        }
    }

    private void warmUp() throws InterruptedException {
        if (plan.warmUp().isPositive()) {
            say.accept("warming up");
            try (Load load = begin("warm", WARM_UP)) {
                Thread.sleep(plan.warmUp());
                end(load);
            }
        }
    }

    private List<Level> isolation() throws InterruptedException {
        if (plan.isolation() == 0) {
            return List.of();
        }
        say.accept(plan.isolation() + " in flight, all is well");
        Level well = measure("all well", plan.isolation(), Floored.NONE);
        say.accept(plan.isolation() + " in flight, and some in trouble");
        try (Trouble trouble = Trouble.begin(api, "b" + plan.seed())) {
            Level troubled = measure("trouble", plan.isolation(), Floored.NONE);
            failures.addAll(trouble.failures());
            return List.of(well, troubled);
        }
    }

    private Level measure(String name, int inFlight, Floored floor) throws InterruptedException {
        try (Load load = begin(name.replace(' ', '-'), inFlight)) {
            // Those that began together have drifted apart by then.
            Thread.sleep(plan.window().dividedBy(2));
            load.awaitFirst();
            Level level = measure(name, load, inFlight, floor);
            end(load);
            return level;
        }
    }

    private Level measure(String name, Load load, int inFlight, Floored floor) throws InterruptedException {
        CpuTimes cpu = CpuTimes.of(world.processes());
        DatabaseWork work = DatabaseWork.of(world.postgres(), World.DATABASE);
        Instant from = Instant.now();
        Thread.sleep(plan.window());
        Instant to = Instant.now();
        Map<String, Long> done =
                DatabaseWork.of(world.postgres(), World.DATABASE).since(work);
        double seconds = Duration.between(from, to).toNanos() / 1e9;
        Map<String, Double> cores = CpuTimes.of(world.processes()).since(cpu, seconds);
        load.awaitHeard(to);
        double[] latencies = meter.latencies(load.prefix(), from, to);
        Percentiles latency = Percentiles.of(latencies);
        return new Level(
                name,
                inFlight,
                meter.completed(load.prefix(), from, to),
                latencies.length,
                seconds,
                latency,
                cores,
                Stages.of(world.postgres(), from, to, latency.mean()),
                done,
                floor);
    }

    private Load begin(String name, int inFlight) {
        Load load = new Load(api, "b%d-%s-".formatted(plan.seed(), name));
        loads.add(load);
        load.start(inFlight);
        return load;
    }

    private void end(Load load) {
        load.drain();
        loads.remove(load);
        failures.addAll(load.failures());
        say.accept("  %d migrations completed".formatted(load.completed()));
    }

    private void heard(PublicEvent event) {
        meter.heard(event);
        for (Load load : loads) {
            if (load.owns(event.migration())) {
                load.heard(event);
            }
        }
    }

    private Map<String, String> machine() {
        Map<String, String> machine = new TreeMap<>();
        machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("java", System.getProperty("java.version", ""));
        machine.put("postgres", "fsync=on, synchronous_commit=on, full_page_writes=on");
        machine.put("kafka", "acks=all, one broker");
        return machine;
    }
}
