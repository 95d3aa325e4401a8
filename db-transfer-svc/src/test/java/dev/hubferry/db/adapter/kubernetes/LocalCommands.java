package dev.hubferry.db.adapter.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a room's commands on this machine; a prelude in Python can make them go wrong. */
final class LocalCommands implements RoomCommands {
    /** Not a shell script that looks for the right one, as version managers put in front. */
    private static final String PYTHON = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

    private static final String CRASH = """
            import os
            left = [%d]
            def guarded(real):
                def call(*arguments, **named):
                    left[0] -= 1
                    if left[0] < 0:
                        os._exit(137)
                    return real(*arguments, **named)
                return call
            for name in ('chmod', 'fsync', 'link', 'rename', 'replace', 'unlink'):
                setattr(os, name, guarded(getattr(os, name)))
            """;
    private static final String NO_LINKS = """
            import errno, os
            def no_link(*arguments, **named):
                raise OSError(errno.ENOTSUP, 'no hard links here')
            os.link = no_link
            """;

    private final String prelude;
    private final long stdoutLimit;

    private LocalCommands(String prelude, long stdoutLimit) {
        this.prelude = prelude;
        this.stdoutLimit = stdoutLimit;
    }

    static LocalCommands sound() {
        return new LocalCommands("", Long.MAX_VALUE);
    }

    /** Every command dies like a killed pod before its change number {@code change}, from 0. */
    static LocalCommands crashingAt(int change) {
        return new LocalCommands(CRASH.formatted(change), Long.MAX_VALUE);
    }

    /** On a volume without hard links. */
    static LocalCommands withoutHardLinks() {
        return new LocalCommands(NO_LINKS, Long.MAX_VALUE);
    }

    /** Every stdout ends after so many bytes, with exit code 0. */
    static LocalCommands truncatingAt(long bytes) {
        return new LocalCommands("", bytes);
    }

    @Override
    public Outcome run(List<String> command, Input input, OutputStream stdout) throws InterruptedException {
        List<String> actual = new ArrayList<>(command);
        int script = actual.indexOf("-c") + 1;
        if (script > 0) {
            actual.set(0, PYTHON);
            actual.set(script, prelude + "\n" + actual.get(script));
        }
        try {
            Process process = new ProcessBuilder(actual).start();
            try (OutputStream stdin = process.getOutputStream()) {
                input.writeTo(stdin);
            } catch (IOException e) {
                // It ended before it had read everything; its exit code tells.
            }
            byte[] out = process.getInputStream().readAllBytes();
            stdout.write(out, 0, (int) Math.min(out.length, stdoutLimit));
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            process.getErrorStream().transferTo(errors);
            return new Outcome(process.waitFor(), errors.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
