package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.PathText;
import dev.hubferry.storage.domain.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the rsyncs and tars of a pass complained about.
 *
 * @param lines of their error outputs, those that name something first
 * @param freeBytes on the target's file system, the least that was seen
 * @param freeInodes there; {@link Long#MAX_VALUE} where there is no fixed number
 */
record PassErrors(List<String> lines, long freeBytes, long freeInodes) {
    private static final int NAMED = 20;
    private static final int LINE = 400;
    /** With less than this even a few results do not fit; what a runner kept for them counts as free then. */
    private static final long ALMOST_NO_BYTES = 1 << 20;

    private static final long ALMOST_NO_INODES = 20;

    private static final List<String> FULL =
            List.of("No space left on device", "Disk quota exceeded", "Disc quota exceeded");

    static PassErrors read(RemoteShell target, TargetPlaces places, int number) throws InterruptedException {
        String text =
                target.require(HostCommand.script("errors", places.run(), String.valueOf(number), places.homes()));
        List<String> all = text.lines().toList();
        List<long[]> rooms = all.stream()
                .filter(line -> line.startsWith("room "))
                .map(PassErrors::room)
                .toList();
        List<String> complaints = all.stream()
                .filter(line -> !line.startsWith("room ") && !line.isBlank())
                .toList();
        // The last line of an rsync or tar only sums up; the lines above it name paths.
        Stream<String> specific = complaints.stream().filter(line -> !sumsUp(line));
        Stream<String> general = complaints.stream().filter(PassErrors::sumsUp);
        return new PassErrors(Stream.concat(specific, general).toList(), least(rooms, 0), least(rooms, 1));
    }

    private static boolean sumsUp(String line) {
        return line.startsWith("rsync error:") || line.startsWith("tar: Exiting with failure status");
    }

    boolean targetFull() {
        // A file system that is full has no room for the complaint either.
        return freeBytes < ALMOST_NO_BYTES
                || freeInodes < ALMOST_NO_INODES
                || lines.stream().anyMatch(PassErrors::tellsOfNoRoom);
    }

    /** Whether what a tool printed says that the file system, or the quota on it, has no room. */
    static boolean tellsOfNoRoom(String errors) {
        return FULL.stream().anyMatch(errors::contains);
    }

    Refusal full() {
        return Refusal.of(ErrorCode.TARGET_FULL, room() + ": " + named());
    }

    boolean hostKeyChanged() {
        return lines.stream().anyMatch(line -> line.contains("Host key verification failed"));
    }

    private String room() {
        if (freeInodes == Long.MAX_VALUE) {
            return String.format(Locale.ROOT, "%,d bytes are free", freeBytes);
        }
        return String.format(Locale.ROOT, "%,d bytes and %,d inodes are free", freeBytes, freeInodes);
    }

    /** The first lines in one. */
    String named() {
        String first = String.join(
                "; ",
                lines.stream()
                        .limit(NAMED)
                        .map(line -> PathText.show(line.substring(0, Math.min(LINE, line.length()))))
                        .toList());
        return first.isEmpty() ? "no reason was given" : first;
    }

    private static long[] room(String line) {
        String[] words = line.split(" ", -1);
        boolean counted = Long.parseLong(words[4]) > 0;
        return new long[] {
            Long.parseLong(words[1]) * Long.parseLong(words[2]), counted ? Long.parseLong(words[3]) : Long.MAX_VALUE
        };
    }

    private static long least(List<long[]> rooms, int of) {
        return rooms.stream().mapToLong(room -> room[of]).min().orElse(Long.MAX_VALUE);
    }
}
