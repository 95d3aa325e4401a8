package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.Rejected;
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
import java.util.stream.Stream;

/** Makes the report of a migration from its state. */
public final class Reports {
    private static final Set<String> COPYING = Set.of("seed-homes", "sync-final");

    private final SagaState state;
    private final Ledger ledger;
    private final List<StepView> rows;
    private final Outage outage;
    private final Instant now;

    private Reports(SagaDefinition definition, SagaState state, Instant now) {
        this.state = state;
        this.ledger = state.ledger();
        this.outage = Outage.of(ledger);
        this.now = now;
        this.rows = Views.steps(definition, state, (_, _) -> Optional.empty(), Optional.empty());
    }

    public static ReportView of(SagaDefinition definition, SagaState state, Instant now) {
        return new Reports(definition, state, now).report();
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
                FinalPasses.of(state.subject().spec(), ledger),
                seconds(outage.length(now)),
                outage instanceof Outage.GoingOn,
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
            case NOT_STARTED, QUEUED, RUNNING, CANCELLING, RETRYING, WAITING -> Outcome.UNDER_WAY;
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
        reply("sync-final", StorageReply.HomesSynced.class).ifPresent(synced -> {
            passes.add(synced.pass());
            synced.repeats().forEach(repeat -> passes.add(repeat.pass()));
        });
        return new ReportView.Homes(
                spec.source().path(),
                spec.target().path(),
                receipt.map(r -> r.users()).or(() -> found.map(f -> f.users())).orElse(0L),
                receipt.map(r -> r.entries())
                        .or(() -> found.map(f -> f.entries()))
                        .orElse(0L),
                receipt.map(r -> r.bytes()).or(() -> found.map(f -> f.bytes())).orElse(0L),
                receipt.map(r -> r.filesHashed()),
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

    /** Shows only zones that dns-svc has read; what the zone ought to be is no evidence of what it is. */
    private ReportView.Dns dns() {
        Optional<List<DnsRecord>> before =
                reply("check-zone", DnsReply.ZoneChecked.class).map(DnsReply.ZoneChecked::zone);
        Optional<List<DnsRecord>> after = Stream.of(
                        ledger.step("restore-ttl").forward(),
                        ledger.step("lower-ttl").run(Direction.UNDO),
                        ledger.step("switch-record").run(Direction.UNDO),
                        ledger.step("switch-record").forward())
                .filter(Run::everSent)
                .findFirst()
                .flatMap(Reports::zoneReadBack);
        return new ReportView.Dns(before, after);
    }

    private static Optional<List<DnsRecord>> zoneReadBack(Run lastToWrite) {
        if (!(lastToWrite instanceof Run.Succeeded done)) {
            return Optional.empty();
        }
        return switch (done.reply()) {
            case DnsReply.TtlRestored restored -> restored.zone();
            case DnsReply.RecordSwitchedBack back -> back.zone();
            case DnsReply.RecordSwitched switched -> Optional.of(switched.after());
            case DnsReply _, K8sReply _, StorageReply _, DbReply _, Rejected _ -> Optional.empty();
        };
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
