package dev.hubferry.simulation.protocol;

import java.util.HashMap;
import java.util.Map;

/** What the outside knows of runs: the latest one that it saw for each exclusive key, whichever command it belongs to. */
public class Fence {
    private final Map<String, Long> seen = new HashMap<>();

    /** Whether a run may still write; a later one is remembered. */
    protected boolean admits(Inbox.Command command, long epoch) {
        long token = command.token(epoch);
        return seen.merge(command.exclusiveKey(), token, Math::max) == token;
    }

    /** The fence of storage hosts: epochs of one command, and which command came last; a command that never came before is let in. */
    public static final class OfHosts extends Fence {
        private final Map<String, Long> epochs = new HashMap<>();
        private final Map<String, String> current = new HashMap<>();

        @Override
        protected boolean admits(Inbox.Command command, long epoch) {
            String id = command.letter().id();
            long seen = epochs.getOrDefault(id, 0L);
            if (epoch < seen || (seen > 0 && !id.equals(current.get(command.exclusiveKey())))) {
                return false;
            }
            epochs.put(id, epoch);
            current.put(command.exclusiveKey(), id);
            return true;
        }
    }
}
