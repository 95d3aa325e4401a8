package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Answer;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.SafeText;
import dev.hubferry.cli.text.Terminal;
import dev.hubferry.cli.watch.Hints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hubferry migrations plan}. */
@Command(
        name = "plan",
        description = "Shows what the migration of a spec would do and what stands in its way; changes nothing.")
final class PlanCommand extends ApiCommand {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int CREATED = 201;

    /** Neither true nor false, which a server that knows dry runs refuses before it reads anything else. */
    private static final String PROBE = "migrations?dryRun=known";

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "the spec, YAML or JSON; - is standard input")
    private String file = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "for all checks to answer (default: ${DEFAULT-VALUE})",
            defaultValue = "1h",
            converter = Times.class)
    private Duration timeout = Duration.ofHours(1);

    @Mixin
    private KeyOption key = new KeyOption();

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        SpecFile spec = SpecFile.read(file, terminal.in());
        requireDryRuns(api);
        Answer answer = api.post(new Api.Change("migrations?dryRun=true", spec.contentType(), spec.bytes(), key.key()));
        if (answer.status() == CREATED) {
            throw begun(answer.json().path("id").asText(""));
        }
        answer = whole(api, terminal, answer);
        JsonNode plan = answer.json();
        if (connection().json()) {
            terminal.raw(answer.text());
        } else {
            terminal.lines(PlanText.lines(plan));
        }
        return plan.path("verdict").asText("").equals("READY") ? Exit.OK : Exit.NEEDS_ATTENTION;
    }

    /** A server that has never heard of dry runs passes over the parameter, and would begin a migration. An empty spec is none. */
    private static void requireDryRuns(Api api) throws InterruptedException {
        try {
            api.post(new Api.Change(
                    PROBE,
                    "application/json",
                    "{}".getBytes(StandardCharsets.UTF_8),
                    UUID.randomUUID().toString()));
        } catch (CliException e) {
            boolean known = String.join(" ", e.lines()).contains("dryRun");
            if (known && e.exit() == Exit.REFUSED) {
                return;
            }
            if (e.exit() != Exit.REFUSED) {
                throw e;
            }
        }
        throw new CliException(
                Exit.REFUSED,
                "the server knows no dry runs, and would begin the migration instead; nothing was sent",
                "  what to do: bring Hubferry up to date; or apply, which waits at approve-plan before it changes anything");
    }

    /** For a replica of an older version among newer ones. */
    private static CliException begun(String id) {
        return new CliException(
                Exit.REFUSED,
                "the server knows no dry runs and has begun migration %s; it waits at approve-plan before it changes anything"
                        .formatted(id),
                "  what to do: " + Hints.abort(id));
    }

    private Answer whole(Api api, Terminal terminal, Answer first) throws InterruptedException {
        Answer answer = first;
        long begin = System.nanoTime();
        while (!answer.json().has("verdict")) {
            JsonNode plan = answer.json();
            String id = plan.path("id").asText("");
            if (id.isEmpty()) {
                throw new CliException(
                        Exit.UNREACHABLE, "the server answered with no plan: is there a Hubferry at --server?");
            }
            if (timeout.minusNanos(System.nanoTime() - begin).isNegative()) {
                throw new CliException(
                        Exit.UNREACHABLE,
                        "plan %s still waits for %s, but --timeout is over".formatted(id, plan.path("pending")),
                        "  what to do: plan once more with --idempotency-key " + SafeText.quoted(key.key()));
            }
            terminal.status("plan " + id + " waits for " + PlanText.words(plan.path("pending")));
            Thread.sleep(POLL);
            answer = api.get("plans/" + ServerUrl.segment(id));
        }
        terminal.status("");
        return answer;
    }
}
