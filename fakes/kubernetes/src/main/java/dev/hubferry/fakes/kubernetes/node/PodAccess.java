package dev.hubferry.fakes.kubernetes.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** The ways into a running pod. */
public interface PodAccess {

    /** Whether the containers run, so that commands can be run in them. */
    boolean isRunning();

    /**
     * Starts a command in a container, with pipes for its streams.
     *
     * @param mergeStderr for a terminal: both outputs come as one
     * @throws NoSuchProgram when the container has no such program
     */
    Process exec(String container, List<String> command, boolean mergeStderr) throws IOException;

    /** Where a container port listens, as far as is known; perhaps nobody does. */
    InetSocketAddress listener(int containerPort);

    ContainerLog log(String container);

    /** An exec names a program that the container does not have. */
    final class NoSuchProgram extends IOException {
        private static final long serialVersionUID = 1L;

        NoSuchProgram(String program) {
            super("exec: \"" + program + "\": executable file not found in $PATH");
        }
    }
}
