package dev.hubferry.messaging;

/**
 * The end of this process, from its first moment: all shutdown hooks run side by side, so what a command uses may have stopped before
 * anybody has told the executor.
 */
final class ProcessEnd {
    private ProcessEnd() {}

    /** The JVM tells by taking no more hooks. */
    static boolean hasBegun() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
