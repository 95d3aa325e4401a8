package dev.hubferry.bench.homes;

import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A long link between two namespaces: a program that keeps each packet for as long as the link takes. */
final class Emulator implements AutoCloseable {
    private static final String MEGABITS = "1000";
    private static final String NO_LOSS = "0";

    /** More than a link of 80 ms holds, so that nothing is dropped before it is full. */
    private static final String QUEUE_KIBIBYTES = "16384";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern BYTES = Pattern.compile("by=(\\d+)");

    private final ChildProcess process;
    private final Path log;

    private Emulator(ChildProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Compiles and starts it; then both namespaces have the device {@code wan0}.
     *
     * @param source of the program, in C
     * @param roundTrip how long a packet and its answer take
     */
    static Emulator start(Path source, Path directory, Namespaces namespaces, Duration roundTrip)
            throws InterruptedException {
        Path program = directory.resolve("emulator");
        Programs.run("cc", "-O2", "-pthread", "-w", "-o", program.toString(), source.toString())
                .orThrow();
        Path log = directory.resolve("emulator.log");
        List<String> command = List.of(
                program.toString(),
                namespaces.name(Role.SOURCE),
                namespaces.name(Role.TARGET),
                Long.toString(roundTrip.dividedBy(2).toNanos() / 1_000),
                MEGABITS,
                NO_LOSS,
                QUEUE_KIBIBYTES);
        ChildProcess process = ChildProcess.start(new ChildProcess.Spec("emulator", command, Map.of(), directory, log));
        process.awaitReady(LIMIT, () -> read(log).contains("ready"));
        return new Emulator(process, log);
    }

    /** Bytes of packets that have come in at both ends so far. */
    long bytes() {
        long told = told(read(log));
        process.signal("HUP");
        String line = Await.value("the emulator to say what it has carried", LIMIT, () -> {
            String text = read(log);
            return told(text) > told ? text.lines().reduce((_, last) -> last) : Optional.empty();
        });
        return BYTES.matcher(line)
                .results()
                .map((MatchResult found) -> found.group(1))
                .mapToLong(Long::parseLong)
                .sum();
    }

    @Override
    public void close() {
        process.kill();
    }

    /** Whole lines. */
    private static long told(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
