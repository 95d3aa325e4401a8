package dev.hubferry.orchestrator.page.view;

import dev.hubferry.orchestrator.api.view.StepView;
import java.util.List;
import java.util.Optional;

/**
 * A row of the ladder.
 *
 * @param by who carries it out: storage, k8s, db or dns; approver; or clock
 * @param does what it does to what
 * @param hubDown whether users cannot work meanwhile
 * @param users what they notice of it
 * @param run how far it has come forward
 * @param until what a timer waits for, or when an approval expires
 * @param queue what it waits for before it is begun
 * @param asks whether it is a gate that waits for a person
 * @param forms what may be said about it
 * @param undo how it is taken back; only where that was begun, or will be
 */
public record Row(
        String name,
        StepView.Kind kind,
        String by,
        String does,
        boolean hubDown,
        Optional<String> users,
        Attempts run,
        Optional<Moment> until,
        List<String> queue,
        boolean asks,
        Optional<Advice> advice,
        List<Form> forms,
        Optional<Undo> undo) {

    /**
     * One way of it, forward or back.
     *
     * @param took none while it is under way
     * @param unanswered what it means that its participant says nothing
     * @param bar only while it runs
     */
    public record Attempts(
            Badge badge,
            int attempts,
            Optional<Moment> startedAt,
            Optional<Moment> endedAt,
            Optional<String> took,
            Optional<Moment> nextAttemptAt,
            Optional<Trouble> trouble,
            Optional<StepView.Skip> skip,
            Optional<Unanswered> unanswered,
            Optional<Bar> bar) {}

    /** @param probes how often it was asked in vain */
    public record Unanswered(int probes, String text) {}

    /** @param does what the undo does */
    public record Undo(String does, Attempts run) {}

    /** Whether it is under way, waits, or has failed and is not over. */
    public boolean isNow() {
        Badge.Tone tone = run.badge().tone();
        return tone == Badge.Tone.BUSY
                || tone == Badge.Tone.WAITS
                || tone == Badge.Tone.BAD
                || undo.map(Undo::run)
                        .map(Attempts::badge)
                        .filter(badge -> badge.tone() == Badge.Tone.BUSY || badge.tone() == Badge.Tone.BAD)
                        .isPresent();
    }

    /** Whether nothing is known of it yet but what it will do. */
    public boolean untouched() {
        return run.attempts() == 0 && run.startedAt().isEmpty() && queue.isEmpty() && undo.isEmpty() && forms.isEmpty();
    }
}
