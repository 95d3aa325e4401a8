package dev.hubferry.simulation.protocol;

import java.util.HashMap;
import java.util.Map;

/** What the outside knows of runs: the latest one that it saw for each exclusive key, whichever command it belongs to. */
public class Fence {
    private final Map<String, Long> seen = new HashMap<>();

    /** Whether a run may still write; a later one is remembered. */
    protected boolean admits(Inbox.Command command, long epoch) {
        return isLatest(command.exclusiveKey(), command.token(epoch));
    }

    protected final boolean isLatest(String key, long number) {
        return seen.merge(key, number, Math::max) == number;
    }

    /** An outside that compares epochs of one command only, and does not know which command came later. */
    public static final class PerCommand extends Fence {
        @Override
        protected boolean admits(Inbox.Command command, long epoch) {
            return isLatest(command.letter().id(), epoch);
        }
    }
}
