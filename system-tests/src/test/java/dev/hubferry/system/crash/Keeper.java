package dev.hubferry.system.crash;

import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.testbed.TestbedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Starts services again as soon as they have ended, as an orchestrator of containers would. */
final class Keeper implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int ATTEMPTS = 3;

    /** @param seconds from the end of the process until its successor was ready */
    record Restart(Service service, int exitCode, double seconds) {}

    private final SandboxWorld world;
    private final Set<ServiceProcess> starting = ConcurrentHashMap.newKeySet();
    private final List<Restart> restarts = new CopyOnWriteArrayList<>();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    Keeper(SandboxWorld world) {
        this.world = world;
        this.thread = Thread.ofPlatform().daemon().name("keeper").start(this::keep);
    }

    /** Whether all processes run and are ready, as far as is known. */
    boolean isQuiet() {
        failures.forEach(failure -> {
            throw new AssertionError("a service does not start again", failure);
        });
        return starting.isEmpty()
                && world.services().stream()
                        .allMatch(service -> service.process().isAlive());
    }

    /** Whether the service runs and is ready, as far as is known. */
    boolean isUp(Service service) {
        return world.services(service).stream()
                .allMatch(process -> process.process().isAlive() && !starting.contains(process));
    }

    /** What was started again since the last call. */
    List<Restart> restarts() {
        failures.forEach(failure -> {
            throw failure;
        });
        List<Restart> all = new ArrayList<>(restarts);
        restarts.clear();
        return all;
    }

    private void keep() {
        while (!closed) {
            for (ServiceProcess process : world.services()) {
                // Looked at only by who has it: a restart that ends in between would else be followed by another.
                if (starting.add(process) && !restartsIfEnded(process)) {
                    starting.remove(process);
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean restartsIfEnded(ServiceProcess process) {
        if (process.process().isAlive()) {
            return false;
        }
        Thread.ofPlatform().daemon().name("restart").start(() -> restart(process));
        return true;
    }

    private void restart(ServiceProcess process) {
        long start = System.nanoTime();
        try {
            int exitCode = process.process().exitCode();
            restartUntilReady(process);
            restarts.add(new Restart(process.service(), exitCode, (System.nanoTime() - start) / 1e9));
            starting.remove(process);
        } catch (RuntimeException e) {
            if (!closed) {
                failures.add(e);
            }
        }
    }

    /** A service may halt again before it is ready. */
    private static void restartUntilReady(ServiceProcess process) {
        for (int attempt = 1; ; attempt++) {
            try {
                process.restart();
                return;
            } catch (TestbedException e) {
                if (attempt == ATTEMPTS || process.process().isAlive()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
