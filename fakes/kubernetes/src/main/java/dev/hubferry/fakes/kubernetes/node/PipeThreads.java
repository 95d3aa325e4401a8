package dev.hubferry.fakes.kubernetes.node;

/**
 * Threads that read and write pipes of processes. Such a read keeps the carrier of a virtual thread for as long as the process is silent:
 * with as many silent pods as there are processors, no virtual thread of this JVM may run any more.
 */
public final class PipeThreads {
    private PipeThreads() {}

    /** A thread that has begun, and does not keep the JVM from ending. */
    public static Thread start(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(task);
    }
}
