package dev.hubferry.bench;

import java.util.List;
import java.util.Map;

/**
 * What was measured.
 *
 * @param machine processors, and what is switched on that costs time
 * @param levels in the order asked for
 * @param isolation none when it was not asked for
 * @param failures migrations that did not end as they should; none in a good run
 */
record Results(Map<String, String> machine, List<Level> levels, List<Level> isolation, List<String> failures) {
    Results {
        machine = Map.copyOf(machine);
        levels = List.copyOf(levels);
        isolation = List.copyOf(isolation);
        failures = List.copyOf(failures);
    }

    /**
     * One level of load.
     *
     * @param name for people
     * @param inFlight migrations under way at once
     * @param sagas completed
     * @param steps answered, and the answer applied
     * @param seconds of the window
     * @param latency from a command's decision to its applied answer
     * @param cpu cores busy, by process
     * @param stages milliseconds of an average step, by stage
     * @param database what the database did, by name
     * @param floor the same work's least
     */
    record Level(
            String name,
            int inFlight,
            long sagas,
            long steps,
            double seconds,
            Percentiles latency,
            Map<String, Double> cpu,
            Map<String, Double> stages,
            Map<String, Long> database,
            Floored floor) {
        double sagasPerSecond() {
            return sagas / seconds;
        }

        double stepsPerSecond() {
            return steps / seconds;
        }

        /** How much of the floor's throughput is reached. */
        double ratio() {
            return floor.perSecond() == 0 ? 0 : stepsPerSecond() / floor.perSecond();
        }

        /** Milliseconds of processor time per step, the bench's own included, other processes' not. */
        double cpuMillisPerStep() {
            double cores = cpu.entrySet().stream()
                    .filter(group -> !group.getKey().equals(CpuTimes.OTHERS))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
            return steps == 0 ? 0 : cores * 1_000 / stepsPerSecond();
        }

        double perStep(String statistic) {
            return steps == 0 ? 0 : database.getOrDefault(statistic, 0L) / (double) steps;
        }
    }

    /** @param perSecond rounds of one Kafka round trip and one commit */
    record Floored(double perSecond, Percentiles latency) {
        static final Floored NONE = new Floored(0, Percentiles.NONE);
    }
}
