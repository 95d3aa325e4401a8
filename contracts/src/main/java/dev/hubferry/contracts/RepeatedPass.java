package dev.hubferry.contracts;

import java.util.List;

/**
 * A final pass that was run because something had been written on the source since the one before it had read it.
 *
 * @param written how many entries were made, changed or removed between the begin of the pass before and of this one
 * @param paths the first {@link #NAMED} of those at most, sorted, in a form for people
 * @param pass which made the target follow
 */
public record RepeatedPass(long written, List<String> paths, PassReport pass) {
    /** Names of more would say no more, and have to fit into a message. */
    public static final int NAMED = 20;

    public RepeatedPass {
        Require.notNegative(written, "written");
        paths = List.copyOf(paths);
        if (paths.size() > NAMED || paths.size() > written) {
            throw new IllegalArgumentException("paths must be at most %d, and not more than the %d written, but were %d"
                    .formatted(NAMED, written, paths.size()));
        }
        Require.present(pass, "pass");
    }
}
