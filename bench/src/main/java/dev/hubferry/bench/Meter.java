package dev.hubferry.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times the steps of a load. A step lasts from the decision to send its command, which is before that is committed, to the publication of
 * its success, which is after that is committed: rather too long than too short.
 */
final class Meter {
    private final Map<String, Instant> startedByRun = new HashMap<>();
    private final List<Timed> steps = new ArrayList<>();
    private final List<Completed> completed = new ArrayList<>();

    private record Timed(String migration, Instant end, double millis) {}

    private record Completed(String migration, Instant at) {}

    synchronized void heard(PublicEvent event) {
        String run = event.migration() + "/" + event.run();
        switch (event.kind()) {
            case STEP_STARTED -> startedByRun.put(run, event.decided());
            case STEP_SUCCEEDED -> {
                Instant started = startedByRun.remove(run);
                // A wait of the orchestrator itself succeeds without having been sent.
                if (started != null) {
                    steps.add(new Timed(event.migration(), event.published(), millis(started, event.published())));
                }
            }
            case COMPLETED -> completed.add(new Completed(event.migration(), event.published()));
            case APPROVAL_AWAITED, ROLLED_BACK, PARKED -> {}
        }
    }

    /** Latencies of the steps of migrations whose ids begin with {@code prefix}, if they ended between two times. */
    synchronized double[] latencies(String prefix, Instant from, Instant to) {
        return steps.stream()
                .filter(step -> step.migration().startsWith(prefix) && isIn(step.end(), from, to))
                .mapToDouble(Timed::millis)
                .toArray();
    }

    /** How many migrations whose ids begin with {@code prefix} were completed between two times. */
    synchronized long completed(String prefix, Instant from, Instant to) {
        return completed.stream()
                .filter(saga -> saga.migration().startsWith(prefix) && isIn(saga.at(), from, to))
                .count();
    }

    private static boolean isIn(Instant at, Instant from, Instant to) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
