package dev.hubferry.bench;

import java.time.Duration;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param levels migrations under way at once, of each level
 * @param window how long each level is measured
 * @param warmUp load before the first level, which is not measured
 * @param isolation migrations under way while some are in trouble; 0 when that is not measured
 * @param seed part of the names of the hubs
 */
record Plan(List<Integer> levels, Duration window, Duration warmUp, int isolation, long seed) {
    Plan {
        levels = List.copyOf(levels);
        for (int level : levels) {
            if (level < 1) {
                throw new IllegalArgumentException("a level must be at least 1, but was " + level);
            }
        }
        if (!window.isPositive()) {
            throw new IllegalArgumentException("the window must be longer than 0, but was " + window);
        }
    }
}
