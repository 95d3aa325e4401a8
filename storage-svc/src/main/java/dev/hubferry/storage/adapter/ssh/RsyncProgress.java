package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.plan.Batch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the outputs of the rsyncs of one pass say, and of its tar streams, which say it in the same words.
 *
 * @param bytes of file content done so far: sent, or found to be there already
 * @param sent files of which content was sent
 */
record RsyncProgress(long bytes, long sent) {
    static final RsyncProgress NONE = new RsyncProgress(0, 0);
    private static final Pattern LINE =
            Pattern.compile("^\\s*(\\d+)\\s+\\d+%.*?(?:\\(xfr#(\\d+), (?:to|ir)-chk=\\d+/\\d+\\))?$");
    private static final Pattern SENT = Pattern.compile("^Number of regular files transferred: (\\d+)$");
    private static final Pattern LITERAL = Pattern.compile("^Literal data: (\\d+) bytes$");

    /** What {@link PassStatus} has of some outputs, each after a line "out NAME". */
    static RsyncProgress parse(String text) {
        RsyncProgress sum = NONE;
        RsyncProgress file = NONE;
        for (String line : text.lines().toList()) {
            if (line.startsWith("out ")) {
                sum = sum.plus(file);
                file = NONE;
            } else {
                file = file.with(line);
            }
        }
        return sum.plus(file);
    }

    /** One measure of both: a tiny file takes as long as so many bytes of a large one. */
    long work() {
        return bytes + sent * Batch.ENTRY_WEIGHT;
    }

    RsyncProgress plus(RsyncProgress other) {
        return new RsyncProgress(bytes + other.bytes, sent + other.sent);
    }

    private RsyncProgress with(String line) {
        Matcher progress = LINE.matcher(line);
        if (progress.matches()) {
            boolean counts = progress.group(2) != null;
            return new RsyncProgress(
                    Long.parseLong(progress.group(1)), counts ? Long.parseLong(progress.group(2)) : sent);
        }
        // The statistics at the end are exact and take the place of what the progress said.
        Matcher literal = LITERAL.matcher(line);
        Matcher files = SENT.matcher(line);
        return new RsyncProgress(
                literal.matches() ? Long.parseLong(literal.group(1)) : bytes,
                files.matches() ? Long.parseLong(files.group(1)) : sent);
    }
}
