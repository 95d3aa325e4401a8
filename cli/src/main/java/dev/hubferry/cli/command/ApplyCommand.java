package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Answer;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.text.Terminal;
import dev.hubferry.cli.watch.Hints;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hubferry migrations apply}. */
@Command(name = "apply", description = "Requests the migration that a spec describes, and prints its id.")
final class ApplyCommand extends ApiCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "the spec, YAML or JSON; - is standard input")
    private String file = "";

    @Option(names = "--wait", description = "watches it then, and ends as watch does")
    private boolean wait;

    @Mixin
    private WatchOptions options = new WatchOptions();

    @Mixin
    private KeyOption key = new KeyOption();

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        SpecFile spec = SpecFile.read(file, terminal.in());
        Answer answer = api.post(new Api.Change("migrations", spec.contentType(), spec.bytes(), key.key()));
        JsonNode migration = answer.json();
        String id = migration.path("id").asText("");
        if (id.isEmpty()) {
            throw new CliException(
                    Exit.UNREACHABLE, "the server answered without an id: is there a Hubferry at --server?");
        }
        if (connection().json()) {
            terminal.raw(answer.text());
        } else {
            terminal.line(id);
        }
        if (wait) {
            return options.watch(api, terminal, connection(), id);
        }
        terminal.note("to see what happens: " + Hints.watch(id));
        return Exit.OK;
    }
}
