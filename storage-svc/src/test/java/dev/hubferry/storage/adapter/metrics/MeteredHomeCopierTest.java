package dev.hubferry.storage.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.HomeCopier;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.testbed.MetricsPage;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeteredHomeCopierTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Route ROUTE =
            new Route(new MigrationId("m1"), new HomesRef("old", "/homes"), new HomesRef("new", "/homes"));
    private static final HomeCopier.PassOrder SEED = new HomeCopier.PassOrder(Kind.SEED, ExistingHomes.REFUSE);
    private static final Progress PROGRESS = new Progress(
            "seed pass 1", 1, 2, 1, 2, Optional.of(50), Optional.of(7_000L), Optional.empty(), Optional.empty());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FakeRun run = FakeRun.of(new MigrationId("m1"), "seed-homes/do/1");
    private final MeteredHomeCopier.Speeds speeds = new MeteredHomeCopier.Speeds(registry);

    @Test
    void countsWhatAPassBroughtAndSaysHowFastItGoes() throws Exception {
        // Given
        HomeCopier copier = metered(watched -> {
            watched.report(PROGRESS);
            assertThat(value("hubferry.copy.bytes.per.second")).isEqualTo(7_000);
            assertThat(value("hubferry.passes.running")).isEqualTo(1);
            return new PassReport(1, Kind.SEED, START, START.plusSeconds(20), 40, 30, 20_000, 10);
        });
        HomeCopier full = metered(_ -> {
            throw Refusal.of(ErrorCode.TARGET_FULL, "no room");
        });
        // When
        copier.run(ROUTE, SEED, run);
        assertThatThrownBy(() -> full.run(ROUTE, SEED, run)).isInstanceOf(Refusal.class);
        // Then
        assertThat(run.progress()).containsExactly(PROGRESS);
        assertThat(value("hubferry.copy.bytes.per.second")).isZero();
        assertThat(value("hubferry.passes.running")).isZero();
        assertThat(counted("hubferry.copied.bytes")).isEqualTo(20_000);
        assertThat(counted("hubferry.copied.files")).isEqualTo(30);
        assertThat(counted("hubferry.scanned.entries")).isEqualTo(40);
        assertThat(counted("hubferry.deleted.entries")).isEqualTo(10);
        assertThat(registry.get("hubferry.passes.failed")
                        .tag("code", "TARGET_FULL")
                        .counter()
                        .count())
                .isEqualTo(1);
        // And the page says so
        var exposed = MetricsPage.exposed(registry.scrape());
        if (Boolean.getBoolean("hubferry.write-docs")) {
            MetricsPage.write("storage-svc", exposed);
        }
        assertThat(MetricsPage.documented("storage-svc")).containsExactlyElementsOf(exposed);
    }

    @Test
    void doesNotCountAgainWhatAnEarlierRunHasDone() throws Exception {
        // Given
        HomeCopier copier = metered(_ -> new PassReport(1, Kind.SEED, START, START, 1, 1, 1, 0));
        // When
        copier.finished(ROUTE, "m1/seed-homes/do/1");
        // Then
        assertThat(registry.find("hubferry.copied.bytes").counter()).isNull();
    }

    private interface Script {
        PassReport run(CommandRun run);
    }

    private HomeCopier metered(Script script) {
        return new MeteredHomeCopier(
                new HomeCopier() {
                    @Override
                    public List<FinishedPass> finished(Route route, String command) {
                        return List.of(new FinishedPass(script.run(run), List.of()));
                    }

                    @Override
                    public Optional<FinishedPass> resume(Route route, CommandRun run) {
                        return Optional.empty();
                    }

                    @Override
                    public FinishedPass run(Route route, PassOrder order, CommandRun run) {
                        return new FinishedPass(script.run(run), List.of());
                    }
                },
                speeds,
                registry);
    }

    private double value(String gauge) {
        return registry.get(gauge).gauge().value();
    }

    private double counted(String counter) {
        return registry.get(counter).tag("kind", "seed").counter().count();
    }
}
