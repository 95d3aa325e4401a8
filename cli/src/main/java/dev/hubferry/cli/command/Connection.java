package dev.hubferry.cli.command;

import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.http.TokenFile;
import dev.hubferry.cli.text.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, as whom, and how what it says is printed. */
final class Connection {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A server is started anew, or its node is, within minutes. */
    private static final Duration WATCHING_PATIENCE = Duration.ofMinutes(10);

    private static final Duration SILENCE = Duration.ofSeconds(35);

    /** How answers are printed. */
    enum Output {
        TEXT,
        JSON
    }

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "where Hubferry is; else HUBFERRY_SERVER",
            defaultValue = "${env:HUBFERRY_SERVER:-}")
    private String server = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "has the bearer token, and is read anew for each request; else HUBFERRY_TOKEN_FILE",
            defaultValue = "${env:HUBFERRY_TOKEN_FILE:-}")
    private String tokenFile = "";

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "certificates in PEM to trust instead of the system's")
    private @Nullable Path caFile;

    @Option(
            names = "--request-timeout",
            paramLabel = "TIME",
            description = "for one answer (default: ${DEFAULT-VALUE})",
            defaultValue = "60s",
            converter = Times.class)
    private Duration requestTimeout = Duration.ofSeconds(60);

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            description =
                    "for how long a server that is gone or busy is tried again (default: 30s, 10m where a migration is watched)",
            converter = Times.class)
    private @Nullable Duration patience;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            description = "json: what the server said, as it said it (default: text)",
            defaultValue = "text")
    private Output output = Output.TEXT;

    boolean json() {
        return output == Output.JSON;
    }

    Duration watchingPatience() {
        return patience == null ? WATCHING_PATIENCE : patience;
    }

    /** After which a stream without a sign of life is given up. */
    Duration silence() {
        return SILENCE;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    Api api(Terminal terminal) {
        if (server.isBlank()) {
            throw missing("--server", "HUBFERRY_SERVER", "the URL of Hubferry");
        }
        if (tokenFile.isBlank()) {
            throw missing("--token-file", "HUBFERRY_TOKEN_FILE", "a file with your token");
        }
        ServerUrl url = ServerUrl.of(server);
        TokenFile token = new TokenFile(Path.of(tokenFile));
        token.warning().ifPresent(terminal::note);
        if (url.isReadableOnTheWay()) {
            terminal.note("warning: the token goes to %s unencrypted".formatted(url.base()));
        }
        return new Api(
                new Api.Settings(
                        url,
                        token,
                        requestTimeout,
                        patience == null ? PATIENCE : patience,
                        Optional.ofNullable(caFile)),
                terminal::note);
    }

    private static CliException missing(String option, String variable, String what) {
        return new CliException(Exit.USAGE, "%s is missing: give %s, or set %s".formatted(option, what, variable));
    }
}
