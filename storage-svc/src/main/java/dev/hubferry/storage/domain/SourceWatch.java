package dev.hubferry.storage.domain;

import java.util.List;

/** Knows what was written on the source since the last final pass began. */
public interface SourceWatch {
    /**
     * Scans the source and compares with the scan that the final pass began with.
     *
     * @throws Refusal when no final pass has ended, or a host cannot be reached
     */
    Changes sinceFinalPass(Route route, CommandRun run) throws InterruptedException;

    /**
     * Compares the scans that two passes of this route began with.
     *
     * @param earlier the number of a pass that has ended
     * @param later the number of one after it
     * @throws Refusal when the target cannot be reached or the route is not open
     */
    Changes between(Route route, int earlier, int later) throws InterruptedException;

    /**
     * @param entries that were looked at
     * @param moved how many were made, changed or removed
     * @param first up to {@link #NAMED} of those, sorted
     */
    record Changes(long entries, long moved, List<String> first) {
        /** As many as a message has room for. */
        public static final int NAMED = 20;

        public Changes {
            first = List.copyOf(first);
        }
    }
}
