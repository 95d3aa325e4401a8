package dev.hubferry.trace;

import java.util.HashMap;
import java.util.Map;

/**
 * How many calls of one piece of work are told: a copy of days asks its host every second, and hubs have thousands of homes. The first
 * of each name say what happened, and those that failed have room of their own.
 */
final class CallLimits {
    static final int OF_A_NAME = 20;
    static final int FAILED_OF_A_NAME = 20;
    static final int IN_ALL = 200;

    private final Map<String, Integer> told = new HashMap<>();
    private final Map<String, Integer> failed = new HashMap<>();
    private int toldInAll;
    private long made;

    /** Whether a call that has ended is to be told. */
    synchronized boolean take(String name, boolean hasFailed) {
        made++;
        boolean room = toldInAll < IN_ALL
                && (takeOf(told, name, OF_A_NAME) || (hasFailed && takeOf(failed, name, FAILED_OF_A_NAME)));
        if (room) {
            toldInAll++;
        }
        return room;
    }

    synchronized Traces.Count count() {
        return new Traces.Count(made, made - toldInAll);
    }

    private static boolean takeOf(Map<String, Integer> taken, String name, int limit) {
        int before = taken.getOrDefault(name, 0);
        if (before >= limit) {
            return false;
        }
        taken.put(name, before + 1);
        return true;
    }
}
