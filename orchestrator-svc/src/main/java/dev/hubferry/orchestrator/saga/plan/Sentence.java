package dev.hubferry.orchestrator.saga.plan;

import java.util.Optional;

/**
 * What a row of the saga's table means for one migration.
 *
 * @param does what it will do to what
 * @param wayBack what becomes of that when the migration is taken back
 * @param undo what the undo does, or why there is none
 * @param users what users notice; empty when they notice nothing
 */
public record Sentence(String does, WayBack wayBack, String undo, Optional<String> users) {

    /** What becomes of what a row did when the migration is taken back. */
    public enum WayBack {
        /** It is taken back. */
        UNDONE,
        /** It changes nothing. */
        NOTHING_TO_UNDO,
        /** What it did stays, and does no harm. */
        STAYS,
        /** There is no way back any more. */
        NONE
    }

    static Sentence looks(String does) {
        return new Sentence(does, WayBack.NOTHING_TO_UNDO, "It changes nothing.", Optional.empty());
    }

    static Sentence undone(String does, String undo) {
        return new Sentence(does, WayBack.UNDONE, undo, Optional.empty());
    }

    static Sentence stays(String does, String why) {
        return new Sentence(does, WayBack.STAYS, why, Optional.empty());
    }

    static Sentence forwardOnly(String does) {
        return new Sentence(
                does,
                WayBack.NONE,
                "Users may have written on the new hub by then, so the migration only goes forward.",
                Optional.empty());
    }

    Sentence noticed(String what) {
        return new Sentence(does, wayBack, undo, Optional.of(what));
    }
}
