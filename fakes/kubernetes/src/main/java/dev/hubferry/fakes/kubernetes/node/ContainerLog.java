package dev.hubferry.fakes.kubernetes.node;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The last lines that a container wrote, and those who follow them. */
public final class ContainerLog {

    private static final int MOST_LINES = 20_000;

    private final Clock clock;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final List<Consumer<Line>> followers = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

    ContainerLog(Clock clock) {
        this.clock = clock;
    }

    /** @param text without the line's end */
    public record Line(Instant at, String text) {}

    /** Appends output; a line counts once its end has come. */
    synchronized void write(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                append(unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
            } else {
                unfinished.write(bytes[i]);
            }
        }
    }

    synchronized void append(String text) {
        Line line = new Line(clock.instant(), text);
        lines.addLast(line);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
        followers.forEach(follower -> follower.accept(line));
    }

    /** Ends the last line, when the process ended in its midst. */
    synchronized void finish() {
        if (unfinished.size() > 0) {
            append(unfinished.toString(StandardCharsets.UTF_8));
            unfinished.reset();
        }
    }

    public synchronized List<Line> lines() {
        return new ArrayList<>(lines);
    }

    /**
     * Hands the follower the lines there are and then each new one, without a gap; it must return at once.
     *
     * @param tail how many of the present lines at most
     * @return ends the following
     */
    public synchronized Runnable follow(long tail, Consumer<Line> follower) {
        lines.stream().skip(Math.max(0, lines.size() - tail)).forEach(follower);
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
