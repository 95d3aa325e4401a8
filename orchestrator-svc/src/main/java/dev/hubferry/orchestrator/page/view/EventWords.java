package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.plan.Figures;

/** Events as sentences. */
public final class EventWords {
    private EventWords() {}

    /** Whether it is worth to be told to whoever does something else. */
    public static boolean isImportant(MigrationEvent event) {
        return switch (event) {
            case MigrationEvent.ApprovalAwaited _,
                    MigrationEvent.ApprovalLapsed _,
                    MigrationEvent.ApprovalExpired _,
                    MigrationEvent.TimerMissed _,
                    MigrationEvent.StepFailed _,
                    MigrationEvent.StepUnanswered _,
                    MigrationEvent.PivotPassed _,
                    MigrationEvent.CompensationStarted _,
                    MigrationEvent.MigrationCompleted _,
                    MigrationEvent.MigrationRolledBack _,
                    MigrationEvent.MigrationParked _ -> true;
            case MigrationEvent.MigrationRequested _,
                    MigrationEvent.StepQueued _,
                    MigrationEvent.SlotsGranted _,
                    MigrationEvent.PriorityChanged _,
                    MigrationEvent.StepStarted _,
                    MigrationEvent.StepSucceeded _,
                    MigrationEvent.StepRetryScheduled _,
                    MigrationEvent.StepHeardOf _,
                    MigrationEvent.StepSkipped _,
                    MigrationEvent.RetryRequested _,
                    MigrationEvent.ApprovalAnswered _,
                    MigrationEvent.TimerStarted _,
                    MigrationEvent.PauseRequested _,
                    MigrationEvent.Resumed _,
                    MigrationEvent.AbortRequested _ -> false;
        };
    }

    public static String of(MigrationEvent event) {
        return switch (event) {
            case MigrationEvent.MigrationRequested e ->
                "%s requested the migration, by %s".formatted(e.requestedBy(), e.definition());
            case MigrationEvent.StepQueued e ->
                "%s waits for its turn at %s".formatted(e.step(), String.join(", ", e.slots()));
            case MigrationEvent.SlotsGranted e ->
                "%s has its turn at %s".formatted(e.step(), String.join(", ", e.slots()));
            case MigrationEvent.PriorityChanged e ->
                "%s made the priority %s: %s".formatted(e.by(), e.priority(), e.reason());
            case MigrationEvent.StepStarted e -> attempt(e.step(), e.direction(), e.attempt()) + " began";
            case MigrationEvent.StepSucceeded e -> attempt(e.step(), e.direction(), e.attempt()) + " succeeded";
            case MigrationEvent.StepFailed e ->
                "%s failed with %s: %s".formatted(attempt(e.step(), e.direction(), e.attempt()), e.code(), e.detail());
            case MigrationEvent.StepRetryScheduled e ->
                "%s comes at %s".formatted(attempt(e.step(), e.direction(), e.attempt()), new Moment(e.at()).text());
            case MigrationEvent.StepUnanswered e ->
                "%s is not answered".formatted(attempt(e.step(), e.direction(), e.attempt()));
            case MigrationEvent.StepHeardOf e ->
                "%s was heard of again".formatted(attempt(e.step(), e.direction(), e.attempt()));
            case MigrationEvent.StepSkipped e ->
                "%s passed over %s: %s".formatted(e.by(), row(e.step(), e.direction()), e.reason());
            case MigrationEvent.RetryRequested e ->
                "%s had %s tried again".formatted(e.by(), row(e.step(), e.direction()));
            case MigrationEvent.ApprovalAwaited e ->
                "gate %s waits for an approver, until %s".formatted(e.gate(), new Moment(e.expiresAt()).text());
            case MigrationEvent.ApprovalAnswered e ->
                "%s %s %s%s%s"
                        .formatted(
                                e.by(),
                                e.approved() ? "approved" : "rejected",
                                e.gate(),
                                e.comment().isBlank() ? "" : ": " + e.comment(),
                                e.overBudget()
                                        .map(why -> " (over budget: " + why + ")")
                                        .orElse(""));
            case MigrationEvent.ApprovalLapsed e ->
                "the approval of %s holds no more: the final pass may take longer than its budget of %s"
                        .formatted(e.gate(), Figures.time(e.budget()));
            case MigrationEvent.ApprovalExpired e -> "nobody answered gate %s in time".formatted(e.gate());
            case MigrationEvent.TimerStarted e -> "%s waits until %s".formatted(e.step(), new Moment(e.until()).text());
            case MigrationEvent.TimerMissed e -> "it became too late for %s".formatted(e.step());
            case MigrationEvent.PivotPassed e -> "%s is sent: from here on there is no way back".formatted(e.step());
            case MigrationEvent.PauseRequested e -> "%s paused it: %s".formatted(e.by(), e.reason());
            case MigrationEvent.Resumed e -> "%s let it go on".formatted(e.by());
            case MigrationEvent.AbortRequested e -> "%s wants it taken back: %s".formatted(e.by(), e.reason());
            case MigrationEvent.CompensationStarted e -> "it is being taken back: " + e.cause();
            case MigrationEvent.MigrationCompleted _ -> "the migration is completed: the hub has moved";
            case MigrationEvent.MigrationRolledBack e -> "the migration is rolled back: " + e.cause();
            case MigrationEvent.MigrationParked e ->
                "the migration is parked at %s: %s".formatted(row(e.step(), e.direction()), e.cause());
        };
    }

    private static String attempt(String step, Direction direction, int attempt) {
        return attempt == 1 ? row(step, direction) : "attempt %d of %s".formatted(attempt, row(step, direction));
    }

    private static String row(String step, Direction direction) {
        return switch (direction) {
            case DO -> step;
            case UNDO -> "the undo of " + step;
        };
    }
}
