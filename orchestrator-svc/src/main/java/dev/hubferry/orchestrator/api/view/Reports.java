package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.orchestrator.api.view.ReportView.Outcome;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the report of a migration from its state. */
public final class Reports {
    private static final Set<String> COPYING = Set.of("seed-homes", "sync-final", "verify-homes");

    private final SagaState state;
    private final Ledger ledger;
    private final List<StepView> rows;

    private Reports(SagaDefinition definition, SagaState state) {
        this.state = state;
        this.ledger = state.ledger();
        this.rows = Views.steps(definition, state, (_, _) -> Optional.empty());
    }

    public static ReportView of(SagaDefinition definition, SagaState state) {
        return new Reports(definition, state).report();
    }

    private ReportView report() {
        return new ReportView(
                state.subject().migration().value(),
                state.subject().spec().name(),
                Views.stateOf(state),
                Views.cause(state),
                state.subject().requestedAt(),
                Views.endedAt(state),
                rows.stream()
                        .filter(row -> row.state() != StepView.State.NOT_STARTED)
                        .map(Reports::step)
                        .toList(),
                undos(),
                homes(),
                database(),
                dns(),
                seconds(downtime()),
                seconds(orchestration()));
    }

    private static ReportView.Step step(StepView row) {
        return new ReportView.Step(
                row.name(),
                row.kind(),
                row.attempts(),
                row.startedAt(),
                row.endedAt(),
                row.undo().isPresent() && row.undo().get().state() == StepView.State.SUCCEEDED
                        ? Outcome.UNDONE
                        : outcome(row.state(), row.failure()),
                row.failure());
    }

    private List<ReportView.Step> undos() {
        return rows.stream()
                .filter(row -> row.undo().isPresent())
                .map(row -> {
                    StepView.Undo undo = row.undo().orElseThrow();
                    return new ReportView.Step(
                            row.name(),
                            row.kind(),
                            undo.attempts(),
                            undo.startedAt(),
                            undo.endedAt(),
                            outcome(undo.state(), undo.failure()),
                            undo.failure());
                })
                .sorted(Comparator.comparing(undo -> undo.startedAt().orElse(Instant.MAX)))
                .toList();
    }

    private static Outcome outcome(StepView.State state, Optional<StepView.Failure> failure) {
        return switch (state) {
            case NOT_STARTED, RUNNING, CANCELLING, RETRYING, WAITING -> Outcome.UNDER_WAY;
            case SUCCEEDED -> Outcome.SUCCEEDED;
            case SKIPPED -> Outcome.SKIPPED;
            case FAILED ->
                failure.filter(f -> f.code() == ErrorCode.CANCELLED).isPresent() ? Outcome.CANCELLED : Outcome.FAILED;
            case REJECTED -> Outcome.REJECTED;
            case EXPIRED -> Outcome.EXPIRED;
            case WITHDRAWN -> Outcome.CANCELLED;
        };
    }

    private ReportView.Homes homes() {
        MigrationSpec.Homes spec = state.subject().spec().homes();
        Optional<StorageReply.HomesChecked> found = reply("check-homes", StorageReply.HomesChecked.class);
        Optional<Receipt> receipt =
                reply("verify-homes", StorageReply.HomesVerified.class).map(StorageReply.HomesVerified::receipt);
        List<PassReport> passes = new ArrayList<>();
        reply("seed-homes", StorageReply.HomesSeeded.class).ifPresent(seeded -> passes.addAll(seeded.passes()));
        reply("sync-final", StorageReply.HomesSynced.class).ifPresent(synced -> passes.add(synced.pass()));
        return new ReportView.Homes(
                spec.source().path(),
                spec.target().path(),
                receipt.map(r -> r.users()).or(() -> found.map(f -> f.users())).orElse(0L),
                receipt.map(r -> r.entries())
                        .or(() -> found.map(f -> f.entries()))
                        .orElse(0L),
                receipt.map(r -> r.bytes()).or(() -> found.map(f -> f.bytes())).orElse(0L),
                receipt.map(r -> r.rootHash()),
                passes);
    }

    private ReportView.Database database() {
        Optional<DbReply.DatabaseTransferred> moved = reply("transfer-database", DbReply.DatabaseTransferred.class);
        Optional<DbReply.DatabaseChecked> found = reply("check-database", DbReply.DatabaseChecked.class);
        return new ReportView.Database(
                moved.map(m -> m.users()).or(() -> found.map(f -> f.users())).orElse(0L),
                moved.map(m -> m.sizeBytes())
                        .or(() -> found.map(f -> f.sizeBytes()))
                        .orElse(0L),
                moved.map(m -> m.schemaHead()).or(() -> found.map(f -> f.schemaHead())),
                moved.map(DbReply.DatabaseTransferred::snapshotSha256),
                moved.map(DbReply.DatabaseTransferred::placedSha256));
    }

    private ReportView.Dns dns() {
        List<DnsRecord> before = reply("check-zone", DnsReply.ZoneChecked.class)
                .map(DnsReply.ZoneChecked::zone)
                .orElse(List.of());
        boolean switchedBack = ledger.step("switch-record").run(Direction.UNDO) instanceof Run.Succeeded;
        List<DnsRecord> after = reply("switch-record", DnsReply.RecordSwitched.class)
                .filter(_ -> !switchedBack)
                .map(DnsReply.RecordSwitched::after)
                .orElse(before);
        return new ReportView.Dns(before, after);
    }

    /** Measured by those who closed and opened, where they said when; else by when the orchestrator heard of it. */
    private Duration downtime() {
        Optional<Instant> closed =
                reply("close-source", K8sReply.SourceClosed.class).map(K8sReply.SourceClosed::at);
        Optional<Instant> opened =
                reply("open-target", K8sReply.TargetOpened.class).map(K8sReply.TargetOpened::at);
        Optional<Instant> reopened = ledger.step("close-source").run(Direction.UNDO) instanceof Run.Succeeded back
                ? Optional.of(back.endedAt())
                : Optional.empty();
        Optional<Instant> end = opened.or(() -> reopened);
        return closed.isEmpty() || end.isEmpty() ? Duration.ZERO : Duration.between(closed.get(), end.get());
    }

    private Duration orchestration() {
        Duration sum = Duration.ZERO;
        for (StepView row : rows) {
            if (row.kind() == StepView.Kind.STEP && !COPYING.contains(row.name())) {
                sum = sum.plus(between(row.startedAt(), row.endedAt())).minus(waitInside(row));
            }
            if (row.undo().isPresent()) {
                sum = sum.plus(
                        between(row.undo().get().startedAt(), row.undo().get().endedAt()));
            }
        }
        return sum;
    }

    /** When the record was switched, caches are waited for inside a step. */
    private Duration waitInside(StepView row) {
        if (!row.name().equals("await-propagation")) {
            return Duration.ZERO;
        }
        Duration took = between(row.startedAt(), row.endedAt());
        Duration ttl = reply("lower-ttl", DnsReply.TtlLowered.class)
                .map(DnsReply.TtlLowered::newTtl)
                .orElse(Duration.ZERO);
        return ttl.compareTo(took) < 0 ? ttl : took;
    }

    private <R extends Reply> Optional<R> reply(String step, Class<R> type) {
        return ledger.step(step).forward() instanceof Run.Succeeded succeeded && type.isInstance(succeeded.reply())
                ? Optional.of(type.cast(succeeded.reply()))
                : Optional.empty();
    }

    private static Duration between(Optional<Instant> start, Optional<Instant> end) {
        return start.isEmpty() || end.isEmpty() ? Duration.ZERO : Duration.between(start.get(), end.get());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
