package dev.hubferry.system;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.world.WorldHosts;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.TraceCollector;
import dev.hubferry.testbed.TraceCollector.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all services have told of one migration. */
final class MovedTrace {
    /** As many as a move has; most calls of a pass are left out. */
    private static final int MOST_SPANS = 2_000;

    private final TraceCollector traces;
    private final String traceId;
    private final List<Span> spans;

    private MovedTrace(TraceCollector traces, String traceId) {
        this.traces = traces;
        this.traceId = traceId;
        this.spans = traces.spans().stream()
                .filter(span -> span.traceId().equals(traceId))
                .toList();
    }

    /** Once its end was told, and, since each service has its own pace, all that others name as a parent. */
    static MovedTrace of(TraceCollector traces, String migration) {
        Span end = Await.value(
                "the migration's span",
                Duration.ofSeconds(30),
                () -> traces.spans().stream()
                        .filter(span -> span.name().equals("migration")
                                && span.attribute("hubferry.migration").equals(migration))
                        .findFirst());
        Await.until(
                "all spans of the trace",
                Duration.ofSeconds(30),
                () -> traces.orphans(end.traceId(), "").isEmpty());
        return new MovedTrace(traces, end.traceId());
    }

    void assertIsOneTreeOfAll() {
        assertThat(traces.orphans(traceId, "")).isEmpty();
        assertThat(spans.stream().filter(span -> span.parentId().isEmpty()))
                .singleElement()
                .satisfies(root -> assertThat(root.name()).isEqualTo("POST /api/v1/migrations"));
        assertThat(spans.stream().map(Span::service).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("orchestrator-svc", "storage-svc", "k8s-svc", "db-transfer-svc", "dns-svc");
        assertThat(spans).hasSizeBetween(200, MOST_SPANS);
        assertPaths();
        assertNamesAreFewAndDocumented();
    }

    /** From REST to ssh, API servers and DNS, and back. */
    private void assertPaths() {
        assertThat(paths())
                .contains(
                        "POST /api/v1/migrations > step check-homes > run storage.check-homes.v1 > ssh facts",
                        "POST /api/v1/migrations > step check-homes > send hubferry.commands.storage",
                        "POST /api/v1/migrations > step check-homes > run storage.check-homes.v1 > send hubferry.replies",
                        "POST /api/v1/migrations > step check-homes > run storage.check-homes.v1 > turn",
                        "POST /api/v1/migrations > step seed-homes > run storage.seed-homes.v1 > pass seed",
                        "POST /api/v1/migrations > step stop-source-hub > run k8s.stop-source-hub.v1 > PUT deployments/scale",
                        "POST /api/v1/migrations > step transfer-database > run db.transfer-database.v1 > POST pods",
                        "POST /api/v1/migrations > step switch-record > run dns.switch-record.v1 > zone write",
                        "POST /api/v1/migrations > step await-propagation > run dns.await-propagation.v1 > name-server ask",
                        "POST /api/v1/migrations > gate approve-downtime",
                        "POST /api/v1/migrations > turn");
        assertThat(spans)
                .filteredOn(span -> span.name().equals("ssh facts"))
                .isNotEmpty()
                .allSatisfy(span -> {
                    assertThat(span.attribute("hubferry.connection")).isIn(WorldHosts.OLD, WorldHosts.NEW);
                    assertThat(span.attribute("hubferry.exit_code")).isEqualTo("0");
                });
        assertThat(spans)
                .filteredOn(span -> span.name().equals("pass final"))
                .isNotEmpty()
                .allSatisfy(span ->
                        assertThat(span.attribute("hubferry.pass.entries")).matches("[1-9][0-9]*"));
    }

    private Set<String> paths() {
        Map<String, Span> byId = spans.stream().collect(toMap(Span::id, Function.identity(), (one, _) -> one));
        return spans.stream().map(span -> path(span, byId)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String path(Span span, Map<String, Span> byId) {
        Span parent = byId.get(span.parentId());
        return parent == null ? span.name() : path(parent, byId) + " > " + span.name();
    }

    private void assertNamesAreFewAndDocumented() {
        assertThat(spans.stream().collect(groupingBy(Span::id)).values()).allMatch(same -> same.size() == 1);
        assertThat(TracesPage.undocumented(spans)).isEmpty();
    }
}
