package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.PassReport.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A pass as the run directory remembers it.
 *
 * @param number counts from 1
 * @param command the id of the command that it belongs to
 * @param kind seed or final
 * @param startedAt on this service's clock
 * @param plannedAt when its scan had ended and the runner could be started, on this service's clock
 * @param sourceTime when its scan began, in seconds on the source's clock
 * @param root the record of the source's homes directory itself; empty in a plan of an earlier version
 * @param entries on the source
 * @param work what it has to do
 * @param prepared whether all that the runner needs is there
 * @param end how the runner ended
 */
record PassPlan(
        int number,
        String command,
        Kind kind,
        Instant startedAt,
        Instant plannedAt,
        BigDecimal sourceTime,
        String root,
        long entries,
        Work work,
        boolean prepared,
        End end) {

    /**
     * @param files to be copied, or looked into
     * @param bytes of those
     * @param cleared entries of the target that go
     */
    record Work(long files, long bytes, long cleared) {}

    /** How a runner ended. */
    sealed interface End {
        /** It has not. */
        record Open() implements End {}

        /**
         * @param code of rsync, the worst of all
         * @param took on the target
         */
        record Ended(int code, Duration took) implements End {
            /** "CODE STARTED ENDED". */
            static Ended parse(String words) {
                String[] parts = words.strip().split(" ", -1);
                BigDecimal seconds = new BigDecimal(parts[2]).subtract(new BigDecimal(parts[1]));
                // The host's clock may have been set back meanwhile.
                long nanos = seconds.max(BigDecimal.ZERO).movePointRight(9).longValue();
                return new Ended(Integer.parseInt(parts[0]), Duration.ofNanos(nanos));
            }
        }
    }

    /** The lines of the plan file. */
    String text() {
        return """
                command %s
                kind %s
                started %s
                planned %s
                source-time %s
                root %s
                entries %d
                files %d
                bytes %d
                cleared %d
                """.formatted(
                        command,
                        kind,
                        startedAt,
                        plannedAt,
                        sourceTime.toPlainString(),
                        root,
                        entries,
                        work.files(),
                        work.bytes(),
                        work.cleared());
    }

    /** Whether the pass has ended and did its part: a seed pass may leave something to a later one, after the freeze nothing may be left out. */
    boolean isGoodEnough() {
        return switch (end) {
            case End.Open() -> false;
            case End.Ended(int code, Duration took) ->
                switch (kind) {
                    case SEED -> isComplete() || code == RsyncExit.PARTIAL;
                    case FINAL -> code == 0;
                };
        };
    }

    /** Whether everything that the source had at its scan has reached the target. */
    boolean isComplete() {
        return switch (end) {
            case End.Open() -> false;
            case End.Ended(int code, Duration took) -> code == 0 || code == RsyncExit.VANISHED;
        };
    }

    /** Whether its manifest of the source can be read: those of earlier versions cannot. */
    boolean hasManifest() {
        return !root.isEmpty();
    }

    /** With the scan; by this service's clock, since the target's may be another. */
    Instant endedAt(End.Ended how) {
        return plannedAt.plus(how.took());
    }

    PassPlan ended(End.Ended how) {
        return new PassPlan(
                number, command, kind, startedAt, plannedAt, sourceTime, root, entries, work, prepared, how);
    }

    boolean isOpen() {
        return switch (end) {
            case End.Open() -> true;
            case End.Ended ended -> false;
        };
    }

    /** What passes.sh prints; a pass without a whole plan has none yet and is left out. */
    static List<PassPlan> parse(String text) {
        List<PassPlan> passes = new ArrayList<>();
        OptionalInt number = OptionalInt.empty();
        Map<String, String> lines = new HashMap<>();
        for (String line : (text + "pass 0\n").lines().toList()) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("pass")) {
                if (number.isPresent() && lines.containsKey("bytes")) {
                    passes.add(of(number.getAsInt(), lines));
                }
                lines = new HashMap<>();
                number = OptionalInt.of(Integer.parseInt(words[1]));
            } else {
                lines.put(words[0], words.length > 1 ? words[1] : "");
            }
        }
        return passes;
    }

    private static PassPlan of(int number, Map<String, String> lines) {
        String exit = lines.get("exit");
        return new PassPlan(
                number,
                lines.getOrDefault("command", ""),
                Kind.valueOf(lines.getOrDefault("kind", "")),
                Instant.parse(lines.getOrDefault("started", "")),
                Instant.parse(lines.getOrDefault("planned", "")),
                new BigDecimal(lines.getOrDefault("source-time", "")),
                lines.getOrDefault("root", ""),
                Long.parseLong(lines.getOrDefault("entries", "")),
                new Work(
                        Long.parseLong(lines.getOrDefault("files", "")),
                        Long.parseLong(lines.getOrDefault("bytes", "")),
                        Long.parseLong(lines.getOrDefault("cleared", "0"))),
                lines.containsKey("prepared"),
                exit == null ? new End.Open() : End.Ended.parse(exit));
    }
}
