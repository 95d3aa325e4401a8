package dev.hubferry.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is deployed beside Hubferry to watch it. */
final class Dashboard {
    static final Path FOLDER = Path.of("../deploy/observability");

    private Dashboard() {}

    /** Every query, with an interval in the place of Grafana's variable. */
    static List<String> queries() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(FOLDER.resolve("hubferry-dashboard.json").toFile());
        return dashboard.findValuesAsText("expr").stream()
                .map(query -> query.replace("$__rate_interval", "5m"))
                .toList();
    }
}
