package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Answer;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.Json;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.text.Table;
import dev.hubferry.cli.text.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hubferry migrations list}. */
@Command(name = "list", description = "Lists migrations, newest first; with --output json a line of JSON for each.")
final class ListCommand extends ApiCommand {
    private static final int LARGEST_PAGE = 200;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "such as RUNNING or PARKED; several with commas")
    private List<String> states = new ArrayList<>();

    @Option(names = "--waiting", description = "those with a gate that waits for a person")
    private boolean waiting;

    @Option(names = "--name", description = "a part of the name")
    private @Nullable String name;

    @Option(names = "--source-cluster", paramLabel = "CLUSTER", description = "that the hub leaves")
    private @Nullable String sourceCluster;

    @Option(names = "--target-cluster", paramLabel = "CLUSTER", description = "that the hub moves to")
    private @Nullable String targetCluster;

    @Option(names = "--namespace", description = "of the source or the target")
    private @Nullable String namespace;

    @Option(names = "--zone", description = "the zone connection")
    private @Nullable String zone;

    @Option(names = "--requested-by", paramLabel = "WHO", description = "who requested it")
    private @Nullable String requestedBy;

    @Option(names = "--requested-after", paramLabel = "TIME", description = "then or later, like 2026-12-01T02:00:00Z")
    private @Nullable String requestedAfter;

    @Option(names = "--requested-before", paramLabel = "TIME", description = "earlier than that")
    private @Nullable String requestedBefore;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            description = "requestedAt, name or requestedBy; the other way round: --sort=-name")
    private @Nullable String sort;

    @Option(names = "--limit", description = "the most to show (default: ${DEFAULT-VALUE})", defaultValue = "50")
    private int limit = 50;

    @Option(names = "--all", description = "shows all, whatever --limit says")
    private boolean all;

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException, IOException {
        if (limit < 1) {
            throw new CliException(Exit.USAGE, "--limit must be at least 1, but was " + limit);
        }
        Table table = new Table("ID", "NAME", "STATE", "PHASE", "REQUESTED", "WAITS FOR");
        int left = all ? Integer.MAX_VALUE : limit;
        String query = "?limit=" + Math.min(left, LARGEST_PAGE) + filters();
        while (!query.isEmpty() && left > 0) {
            Answer answer = api.get("migrations" + query);
            JsonNode page = answer.json();
            int shown = connection().json()
                    ? printLines(answer, terminal, left)
                    : addRows(page.path("migrations"), table, left);
            left -= shown;
            query = shown == 0 ? "" : next(page);
        }
        if (!connection().json()) {
            terminal.lines(table.lines());
            if (!query.isEmpty()) {
                terminal.note("there are more: see --limit and --all");
            }
        }
        return Exit.OK;
    }

    /** Its query only: a link of the server's shall not say where the token goes. */
    private static String next(JsonNode page) {
        String next = page.path("next").asText("");
        int query = next.indexOf('?');
        return query < 0 ? "" : next.substring(query);
    }

    private static int printLines(Answer answer, Terminal terminal, int most) throws IOException {
        List<String> lines = Json.elements(answer.text(), "migrations");
        lines.stream().limit(most).forEach(terminal::raw);
        return Math.min(lines.size(), most);
    }

    private static int addRows(JsonNode migrations, Table table, int most) {
        int added = 0;
        for (JsonNode migration : migrations) {
            if (added == most) {
                break;
            }
            table.row(
                    migration.path("id").asText(""),
                    migration.path("name").asText(""),
                    migration.path("state").asText(""),
                    migration.path("phase").asText("-"),
                    Figures.time(migration.path("requestedAt").asText("")),
                    MigrationText.waitsFor(migration));
            added++;
        }
        return added;
    }

    private String filters() {
        StringBuilder query = new StringBuilder();
        add(query, "state", states.isEmpty() ? null : String.join(",", states));
        add(query, "waiting", waiting ? "true" : null);
        add(query, "name", name);
        add(query, "sourceCluster", sourceCluster);
        add(query, "targetCluster", targetCluster);
        add(query, "namespace", namespace);
        add(query, "zone", zone);
        add(query, "requestedBy", requestedBy);
        add(query, "requestedAfter", requestedAfter);
        add(query, "requestedBefore", requestedBefore);
        add(query, "sort", sort);
        return query.toString();
    }

    private static void add(StringBuilder query, String parameter, @Nullable String value) {
        if (value != null) {
            query.append('&').append(parameter).append('=').append(ServerUrl.encoded(value));
        }
    }
}
