package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import dev.hubferry.cli.watch.Until;
import dev.hubferry.cli.watch.Watch;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For how long something is watched. */
final class WatchOptions {
    @Option(
            names = "--until",
            paramLabel = "gate|parked|end",
            description =
                    "gate: ends too when a gate waits or it is parked; parked: when it is parked; with exit code 6 (default: end)",
            defaultValue = "end")
    private Until until = Until.END;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "ends after this time at the latest, with exit code 3 (default: none)",
            converter = Times.class)
    private @Nullable Duration timeout;

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    Exit watch(Api api, Terminal terminal, Connection connection, String id) throws InterruptedException {
        return new Watch(
                        api,
                        terminal,
                        new Watch.Options(
                                id,
                                until,
                                connection.json(),
                                timeout(),
                                connection.watchingPatience(),
                                connection.silence()))
                .run();
    }
}
