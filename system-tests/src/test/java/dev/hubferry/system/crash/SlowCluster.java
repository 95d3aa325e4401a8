package dev.hubferry.system.crash;

import dev.hubferry.fakes.kubernetes.http.Fault;
import dev.hubferry.fakes.kubernetes.http.Faults;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.testbed.ChildProcess;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Keeps db-transfer-svc at work: the source's cluster does not answer the first command in a pod of that service before its process is
 * gone. Otherwise a command of it may be over before the service can be met at one.
 */
final class SlowCluster {
    private static final Pattern EXEC = Pattern.compile(".*/pods/hubferry-db-[^/]+/exec");

    private final Faults faults;
    private final ChildProcess service;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    SlowCluster(SandboxWorld world) {
        this.faults = world.cluster(SandboxWorld.OLD).kubernetes().faults();
        this.service = world.services(Service.DATABASE).getFirst().process();
    }

    void begin() {
        faults.next(1, request -> EXEC.matcher(request.path()).matches(), new Fault.Stall(gone));
    }

    /** Whether the service waits for its answer now. */
    boolean isMet() {
        return gone.getNumberOfDependents() > 0;
    }

    void look() {
        if (!service.isAlive()) {
            gone.complete(null);
        }
    }

    /** What was not met befalls no later migration. */
    void end() {
        gone.complete(null);
        faults.clear();
    }
}
