package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard, by Prometheus' own tool and by the page of the metrics. */
class ObservabilityTest {
    private static final Pattern METRIC = Pattern.compile("hubferry_\\w+");
    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: ([^#\\s,}]+)(?:#([\\w-]+))?");
    private static final List<String> SECTIONS =
            List.of("Every service", "orchestrator-svc", "storage-svc", "dns-svc", "k8s-svc and db-transfer-svc");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void alertsAreToldWhenTheyShouldBe() throws Exception {
        promtool("check", "config", "prometheus.yml");
        promtool("test", "rules", "hubferry.rules.test.yml");
    }

    @Test
    void everyAlertIsTested() throws Exception {
        Set<String> alerts = all(Pattern.compile("- alert: (\\w+)"), rules());
        Set<String> told = new HashSet<>();
        // One that is told at some time of the tests has labels then.
        for (String test : Files.readString(Dashboard.FOLDER.resolve("hubferry.rules.test.yml"))
                .split("eval_time:")) {
            if (test.contains("exp_labels")) {
                told.addAll(all(Pattern.compile("alertname: (\\w+)"), test));
            }
        }
        assertThat(told).isEqualTo(alerts);
    }

    @Test
    void everyRunbookIsThere() throws Exception {
        List<MatchResult> links = RUNBOOK.matcher(rules()).results().toList();
        assertThat(links).hasSizeGreaterThan(10);
        for (MatchResult link : links) {
            Path page = Project.root().resolve(link.group(1));
            assertThat(page).exists();
            if (link.group(2) != null) {
                assertThat(Files.readString(page)).contains("\n## " + heading(link.group(2)) + "\n");
            }
        }
    }

    private static String heading(String anchor) {
        String words = anchor.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    @Test
    void everyQueryOfTheDashboardIsOne() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        int number = 0;
        for (String query : Dashboard.queries()) {
            rules.append("  - record: \"query:%d\"\n    expr: '%s'\n".formatted(number++, query.replace("'", "''")));
        }
        Path file = Files.writeString(directory.resolve("queries.yml"), rules);
        promtool("check", "rules", file.toString());
    }

    @Test
    void whatIsAskedForIsDocumented() throws Exception {
        Set<String> documented = new HashSet<>();
        for (String section : SECTIONS) {
            MetricsPage.documented(section).forEach(row -> {
                documented.add(row.name());
                if (row.type().equals("histogram") || row.type().equals("summary")) {
                    documented.addAll(List.of(
                            row.name() + "_bucket", row.name() + "_count", row.name() + "_sum", row.name() + "_max"));
                }
            });
        }
        Set<String> asked = all(METRIC, String.join("\n", Dashboard.queries()));
        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(documented).containsAll(asked).containsAll(all(METRIC, rules()));
    }

    private static String rules() throws IOException {
        return Files.readString(Dashboard.FOLDER.resolve("hubferry.rules.yml"));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(found.groupCount()))
                .collect(Collectors.toSet());
    }

    private void promtool(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        ChildProcess tool = ChildProcess.start(new ChildProcess.Spec(
                "promtool", command, Map.of(), Dashboard.FOLDER.toAbsolutePath(), directory.resolve("promtool.log")));
        Await.until("promtool to end", Duration.ofMinutes(2), () -> !tool.isAlive());
        assertThat(tool.exitCode()).as(tool.logTail()).isZero();
    }
}
