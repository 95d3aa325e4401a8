package dev.hubferry.orchestrator.page.view;

import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.api.view.ReportView;
import dev.hubferry.orchestrator.api.view.StepView;
import java.util.Locale;

/**
 * A state as a word; the style sheet puts a sign and a colour beside it, so that nobody needs colours.
 *
 * @param word as in REST, in lower case
 */
public record Badge(String word, Tone tone, String css) {
    /** What it means. */
    public enum Tone {
        IDLE(""),
        BUSY("badge-running"),
        WAITS("badge-waiting"),
        GOOD("badge-ok"),
        BAD("badge-danger");

        private final String css;

        Tone(String css) {
            this.css = css;
        }
    }

    private static Badge of(Enum<?> state, Tone tone) {
        return new Badge(word(state), tone, tone.css);
    }

    static Badge of(StepView.State state) {
        return of(
                state,
                switch (state) {
                    case NOT_STARTED, SKIPPED, WITHDRAWN -> Tone.IDLE;
                    case QUEUED, WAITING -> Tone.WAITS;
                    case RUNNING, CANCELLING -> Tone.BUSY;
                    case SUCCEEDED -> Tone.GOOD;
                    case RETRYING, FAILED, REJECTED, EXPIRED -> Tone.BAD;
                });
    }

    static Badge of(MigrationView.State state) {
        Tone tone = switch (state) {
            case RUNNING -> Tone.BUSY;
            case COMPENSATING -> Tone.WAITS;
            case COMPLETED -> Tone.GOOD;
            case ROLLED_BACK -> Tone.IDLE;
            case PARKED -> Tone.BAD;
        };
        return new Badge(word(state), tone, "badge-" + word(state).replace(' ', '-'));
    }

    static Badge of(ReportView.Outcome outcome) {
        return of(
                outcome,
                switch (outcome) {
                    case UNDER_WAY -> Tone.BUSY;
                    case SUCCEEDED -> Tone.GOOD;
                    case FAILED, REJECTED, EXPIRED -> Tone.BAD;
                    case SKIPPED, CANCELLED, UNDONE -> Tone.IDLE;
                });
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
