package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One row of a migration's saga.
 *
 * @param participant who carries it out; none for approvals and timers
 * @param attempts how many were sent
 * @param until what a timer waits for, or when an approval expires
 * @param failure why the last attempt failed
 * @param skip who passed over it
 * @param unansweredProbes how often its participant was asked what became of it, since it was last heard of; none when it was heard
 * @param progress how far it has come, while it runs
 * @param queued what it waits for before it is begun
 * @param undo how it was taken back; none when nobody tried
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StepView(
        String name,
        Kind kind,
        String phase,
        Optional<Participant> participant,
        State state,
        int attempts,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Instant> nextAttemptAt,
        Optional<Instant> until,
        Optional<Failure> failure,
        Optional<Skip> skip,
        Optional<Integer> unansweredProbes,
        Optional<Progress> progress,
        Optional<QueuedView> queued,
        Optional<Undo> undo) {

    /** What a row is. */
    public enum Kind {
        STEP,
        APPROVAL,
        TIMER
    }

    /** Where a row stands. */
    public enum State {
        NOT_STARTED,
        /** It waits for its turn at what there is little of; nothing of it is under way. */
        QUEUED,
        /** Its command is under way. */
        RUNNING,
        /** Its command was withdrawn, and the answer is awaited. */
        CANCELLING,
        /** An attempt failed; another one follows. */
        RETRYING,
        /** An approval or timer waits. */
        WAITING,
        /** Done; of an approval: approved. */
        SUCCEEDED,
        FAILED,
        /** A person passed over it. */
        SKIPPED,
        REJECTED,
        /** Nobody answered a gate in time, or a time span was over. */
        EXPIRED,
        /** An approval or timer that nobody waits for any more. */
        WITHDRAWN
    }

    /** Why something failed. */
    public record Failure(ErrorCode code, ErrorCategory category, String detail, List<Problem> problems) {
        static Failure of(Rejected rejected) {
            return new Failure(rejected.code(), rejected.category(), rejected.detail(), rejected.problems());
        }
    }

    /** Who passed over a row, and why. */
    public record Skip(String by, String reason) {}

    /** How a step is taken back. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Undo(
            State state,
            int attempts,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<Instant> nextAttemptAt,
            Optional<Failure> failure,
            Optional<Skip> skip,
            Optional<Integer> unansweredProbes,
            Optional<Progress> progress) {}
}
