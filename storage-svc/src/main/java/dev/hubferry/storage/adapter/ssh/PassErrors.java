package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.PathText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the rsyncs of a pass complained about.
 *
 * @param lines of their error outputs, those that name something first
 * @param freeBytes on the target's file system
 * @param freeInodes there
 */
record PassErrors(List<String> lines, long freeBytes, long freeInodes) {
    private static final int NAMED = 20;
    private static final int LINE = 400;
    private static final List<String> FULL =
            List.of("No space left on device", "Disk quota exceeded", "Disc quota exceeded");

    static PassErrors read(RemoteShell target, TargetPlaces places, int number) throws InterruptedException {
        String text =
                target.require(HostCommand.script("errors", places.run(), String.valueOf(number), places.homes()));
        List<String> all = text.lines().toList();
        long[] room = all.stream()
                .filter(line -> line.startsWith("room "))
                .findFirst()
                .map(PassErrors::room)
                .orElse(new long[] {0, 0});
        List<String> complaints = all.stream()
                .filter(line -> !line.startsWith("room ") && !line.isBlank())
                .toList();
        // The last line of an rsync only sums up; the lines above it name paths.
        Stream<String> specific = complaints.stream().filter(line -> !line.startsWith("rsync error:"));
        Stream<String> general = complaints.stream().filter(line -> line.startsWith("rsync error:"));
        return new PassErrors(Stream.concat(specific, general).toList(), room[0], room[1]);
    }

    boolean targetFull() {
        return lines.stream().anyMatch(line -> FULL.stream().anyMatch(line::contains));
    }

    boolean hostKeyChanged() {
        return lines.stream().anyMatch(line -> line.contains("Host key verification failed"));
    }

    String room() {
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
        return new long[] {Long.parseLong(words[1]) * Long.parseLong(words[2]), Long.parseLong(words[3])};
    }
}
