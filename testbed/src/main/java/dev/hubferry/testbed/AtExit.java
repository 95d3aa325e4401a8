package dev.hubferry.testbed;

import java.util.ArrayDeque;
import java.util.Deque;

/** Clean-up that must happen when the JVM ends, last registered first; each action must tolerate being run twice. */
final class AtExit {
    private static final Deque<Runnable> ACTIONS = new ArrayDeque<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("testbed-at-exit").unstarted(AtExit::runAll));
    }

    private AtExit() {}

    static void add(Runnable action) {
        synchronized (ACTIONS) {
            ACTIONS.push(action);
        }
    }

    private static void runAll() {
        while (true) {
            Runnable action;
            synchronized (ACTIONS) {
                action = ACTIONS.poll();
            }
            if (action == null) {
                return;
            }
            runQuietly(action);
        }
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) {
            System.err.println("clean-up at exit failed: " + e);
        }
    }
}
