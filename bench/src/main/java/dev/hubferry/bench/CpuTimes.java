package dev.hubferry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Processor seconds that groups of processes have used, with their children, from /proc. */
record CpuTimes(Map<String, Double> seconds) {
    /** What every other process of the machine has used. */
    static final String OTHERS = "others";

    private static final double TICKS_PER_SECOND = 100;
    private static final int COLUMNS = 9;
    private static final int IDLE = 4;
    private static final int WAITING_FOR_DISKS = 5;
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int USER_OF_ENDED_CHILDREN = 13;
    private static final int SYSTEM_OF_ENDED_CHILDREN = 14;

    static CpuTimes of(Map<String, List<Long>> processes) {
        Map<Long, String[]> all = stats();
        Map<String, Double> seconds = new HashMap<>();
        processes.forEach((group, pids) -> seconds.put(
                group, pids.stream().mapToDouble(pid -> used(all, pid)).sum()));
        double ours = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        seconds.put(OTHERS, machine() - ours);
        return new CpuTimes(seconds);
    }

    /** Busy seconds of all processors: all but idle and waiting for disks. */
    private static double machine() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] fields = lines.findFirst().orElse("").split(" +", -1);
            double ticks = 0;
            for (int i = 1; i < Math.min(fields.length, COLUMNS); i++) {
                ticks += i == IDLE || i == WAITING_FOR_DISKS ? 0 : Long.parseLong(fields[i]);
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Cores busy since {@code earlier}. */
    Map<String, Double> since(CpuTimes earlier, double wallSeconds) {
        Map<String, Double> cores = new HashMap<>();
        seconds.forEach(
                (group, now) -> cores.put(group, (now - earlier.seconds.getOrDefault(group, 0.0)) / wallSeconds));
        return cores;
    }

    /** Of the process and those of its children that are of its kind: a server's backends, but not what the bench has started. */
    private static double used(Map<Long, String[]> all, long pid) {
        String[] self = all.get(pid);
        if (self == null || pid == ProcessHandle.current().pid()) {
            return self == null ? 0 : own(self);
        }
        double sum = own(self) + ticks(self, USER_OF_ENDED_CHILDREN, SYSTEM_OF_ENDED_CHILDREN);
        for (String[] stat : all.values()) {
            if (Long.parseLong(stat[PARENT]) == pid) {
                sum += own(stat);
            }
        }
        return sum;
    }

    private static double own(String[] stat) {
        return ticks(stat, USER, SYSTEM);
    }

    private static double ticks(String[] stat, int one, int other) {
        return (Long.parseLong(stat[one]) + Long.parseLong(stat[other])) / TICKS_PER_SECOND;
    }

    /** What follows the name in parentheses, by process id. */
    private static Map<Long, String[]> stats() {
        Map<Long, String[]> found = new HashMap<>();
        try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
            folders.filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .forEach(folder -> {
                        try {
                            String stat = Files.readString(folder.resolve("stat"));
                            String[] fields =
                                    stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                            found.put(Long.valueOf(folder.getFileName().toString()), fields);
                        } catch (IOException e) {
                            // It ended in between.
                        }
                    });
        } catch (IOException e) {
            return Map.of();
        }
        return found;
    }
}
