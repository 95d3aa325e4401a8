package dev.hubferry.simulation;

import dev.hubferry.simulation.chance.Coverage;
import dev.hubferry.simulation.chance.Rows;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Runs many schedules, on several threads: each schedule has its own dice, so it does not matter which thread takes it. */
public final class Simulator {
    private static final int CHUNK = 200;
    private static final int ENOUGH_FAILURES = 5;

    private final Parts parts;
    private final Settings settings;
    private final Rows rows;

    public Simulator(Parts parts, Settings settings) {
        this.parts = parts;
        this.settings = settings;
        this.rows = new Rows(parts.definition());
    }

    /** One schedule, with its trace. */
    public Outcome replay(long index) {
        return Schedule.run(parts, settings, index, new Coverage(rows), rows, true);
    }

    /** The schedules 0 to below {@code schedules}; ends early when several have failed. */
    public Summary run(long schedules, int threads) throws InterruptedException {
        Summary total = new Summary(settings, new Coverage(rows));
        AtomicLong next = new AtomicLong();
        List<Thread> workers = IntStream.range(0, threads)
                .mapToObj(worker ->
                        Thread.ofPlatform().name("schedules-" + worker).start(() -> work(next, schedules, total)))
                .toList();
        for (Thread worker : workers) {
            worker.join();
        }
        return total;
    }

    private void work(AtomicLong next, long schedules, Summary total) {
        Summary own = new Summary(settings, new Coverage(rows));
        for (long from = next.getAndAdd(CHUNK); from < schedules; from = next.getAndAdd(CHUNK)) {
            for (long index = from; index < Math.min(from + CHUNK, schedules); index++) {
                own.add(index, Schedule.run(parts, settings, index, own.coverage(), rows, false));
            }
            if (own.failures().size() >= ENOUGH_FAILURES) {
                next.set(schedules);
            }
        }
        total.add(own);
    }
}
