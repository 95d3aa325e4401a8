package dev.hubferry.contracts;

import dev.hubferry.contracts.MigrationEvent.AbortRequested;
import dev.hubferry.contracts.MigrationEvent.ApprovalAnswered;
import dev.hubferry.contracts.MigrationEvent.ApprovalAwaited;
import dev.hubferry.contracts.MigrationEvent.ApprovalExpired;
import dev.hubferry.contracts.MigrationEvent.ApprovalLapsed;
import dev.hubferry.contracts.MigrationEvent.CompensationStarted;
import dev.hubferry.contracts.MigrationEvent.MigrationCompleted;
import dev.hubferry.contracts.MigrationEvent.MigrationParked;
import dev.hubferry.contracts.MigrationEvent.MigrationRequested;
import dev.hubferry.contracts.MigrationEvent.MigrationRolledBack;
import dev.hubferry.contracts.MigrationEvent.PauseRequested;
import dev.hubferry.contracts.MigrationEvent.PivotPassed;
import dev.hubferry.contracts.MigrationEvent.PriorityChanged;
import dev.hubferry.contracts.MigrationEvent.Resumed;
import dev.hubferry.contracts.MigrationEvent.RetryRequested;
import dev.hubferry.contracts.MigrationEvent.SlotsGranted;
import dev.hubferry.contracts.MigrationEvent.StepFailed;
import dev.hubferry.contracts.MigrationEvent.StepHeardOf;
import dev.hubferry.contracts.MigrationEvent.StepQueued;
import dev.hubferry.contracts.MigrationEvent.StepRetryScheduled;
import dev.hubferry.contracts.MigrationEvent.StepSkipped;
import dev.hubferry.contracts.MigrationEvent.StepStarted;
import dev.hubferry.contracts.MigrationEvent.StepSucceeded;
import dev.hubferry.contracts.MigrationEvent.StepUnanswered;
import dev.hubferry.contracts.MigrationEvent.TimerMissed;
import dev.hubferry.contracts.MigrationEvent.TimerStarted;
import dev.hubferry.contracts.StepRef.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One event of each kind, as they may be told of the move of one hub. */
final class EventExamples {
    static final MigrationId MIGRATION = new MigrationId("astro-to-the-new-cluster-7k2m");
    static final Instant AT = Instant.parse("2026-12-05T02:00:00Z");

    private static final List<String> SLOTS = List.of("seed/nfs-new", "seed/nfs-old");
    private static final PassForecast FORECAST = new PassForecast(
            AT,
            PassForecast.Basis.CHANGE_RATE,
            Optional.of(Duration.ofSeconds(40)),
            Optional.of(Duration.ofSeconds(70)),
            Optional.of(Duration.ofSeconds(130)),
            Optional.of(240L),
            Optional.of(12_000_000L));

    private EventExamples() {}

    static List<MigrationEvent> all() {
        return List.of(
                new MigrationRequested(spec(), "migrate-hub/5", "olga", rows()),
                new StepQueued("seed-homes", SLOTS, Priority.NORMAL),
                new SlotsGranted("seed-homes", SLOTS),
                new PriorityChanged(Priority.HIGH, "olga", "the course begins on Monday"),
                new StepStarted("close-source", Direction.DO, 1),
                new StepSucceeded("evict-users", Direction.DO, 1, Map.of("evicted", 3)),
                new StepFailed(
                        "check-homes",
                        Direction.DO,
                        1,
                        ErrorCode.TARGET_FULL,
                        "nfs-new:/export/homes/astro: 120 MB are needed, 90 MB are free",
                        List.of(new Problem(
                                ErrorCode.TARGET_FULL,
                                "nfs-new:/export/homes/astro",
                                "120 MB are needed, 90 MB are free",
                                "make room on the file system, then retry the step")),
                        ErrorCategory.NEEDS_OPERATOR),
                new StepRetryScheduled("seed-homes", Direction.DO, 2, AT.plusSeconds(2)),
                new StepUnanswered("seed-homes", Direction.DO, 1, AT),
                new StepHeardOf("seed-homes", Direction.DO, 1),
                new StepSkipped("await-propagation", Direction.DO, "olga", "one name server is being replaced"),
                new RetryRequested("check-homes", Direction.DO, "olga"),
                new ApprovalAwaited(
                        "approve-downtime",
                        AT.plus(Duration.ofDays(7)),
                        Optional.of(FORECAST),
                        Optional.of(Duration.ofMinutes(10))),
                new ApprovalAnswered("approve-downtime", true, "anna", "agreed with the institute", Optional.empty()),
                new ApprovalLapsed("approve-downtime", FORECAST, Duration.ofMinutes(2)),
                new ApprovalExpired("approve-plan"),
                new TimerStarted("old-ttl-expired", AT.plusSeconds(1_800)),
                new TimerMissed("cutover-window"),
                new PivotPassed("open-target"),
                new PauseRequested("olga", "an exam is being written"),
                new Resumed("olga"),
                new AbortRequested("olga", "the institute asked for it"),
                new CompensationStarted("olga asked for it: the institute asked for it"),
                new MigrationCompleted(),
                new MigrationRolledBack("olga asked for it: the institute asked for it"),
                new MigrationParked(
                        "check-homes",
                        Direction.DO,
                        "check-homes failed: TARGET_FULL: nfs-new:/export/homes/astro: 120 MB are needed, 90 MB are free"));
    }

    static MigrationSpec spec() {
        return new MigrationSpec(
                "astro to the new cluster",
                new HubRef("old", "astro", Optional.empty()),
                new HubRef("new", "astro", Optional.empty()),
                new MigrationSpec.Homes(
                        new HomesRef("nfs-old", "/export/homes/astro"),
                        new HomesRef("nfs-new", "/export/homes/astro"),
                        ExistingHomes.REFUSE),
                new MigrationSpec.Database(Set.of()),
                new MigrationSpec.Dns("example", "astro.example.org", Duration.ofSeconds(300)),
                MigrationSpec.Cutover.ANY_TIME,
                new MigrationSpec.Approvals(Duration.ofDays(7), false),
                Duration.ofDays(1),
                Priority.NORMAL);
    }

    /** Some; a real event has all of them. */
    private static List<MigrationRow> rows() {
        return List.of(
                row("check-source", "prepare", Participant.K8S, Optional.empty()),
                new MigrationRow(
                        "approve-plan", MigrationRow.Kind.APPROVAL, "prepare", Optional.empty(), Optional.empty()),
                new MigrationRow(
                        "old-ttl-expired", MigrationRow.Kind.TIMER, "seed", Optional.empty(), Optional.empty()),
                row("close-source", "cutover", Participant.K8S, Optional.of(MigrationRow.Effect.CLOSES_HUB)),
                row("open-target", "cutover", Participant.K8S, Optional.of(MigrationRow.Effect.OPENS_HUB)));
    }

    private static MigrationRow row(
            String name, String phase, Participant participant, Optional<MigrationRow.Effect> effect) {
        return new MigrationRow(name, MigrationRow.Kind.STEP, phase, Optional.of(participant), effect);
    }
}
