package dev.hubferry.bench.homes;

import dev.hubferry.testbed.SshServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A long link between the hosts, each of which stands in a network namespace of its own. */
final class Wan implements Network {
    private final Namespaces namespaces;
    private final Emulator emulator;
    private final Standing standing;

    private Wan(Namespaces namespaces, Emulator emulator, Standing standing) {
        this.namespaces = namespaces;
        this.emulator = emulator;
        this.standing = standing;
    }

    /**
     * Makes namespaces and link.
     *
     * @param emulator its source
     * @param directory for the emulator and its log
     */
    static Wan make(Path emulator, Path directory, Duration roundTrip, Standing standing) throws InterruptedException {
        Namespaces namespaces = Namespaces.make();
        try {
            namespaces.connect(Role.TARGET);
            Wan wan = new Wan(namespaces, Emulator.start(emulator, directory, namespaces, roundTrip), standing);
            for (Role role : Role.values()) {
                namespaces.address(role);
            }
            switch (standing) {
                case BETWEEN -> namespaces.connect(Role.SOURCE);
                case TARGET -> namespaces.routeOverTarget();
            }
            return wan;
        } catch (RuntimeException | InterruptedException e) {
            namespaces.close();
            throw e;
        }
    }

    @Override
    public SshServer.Options options(Role role, Path directory) {
        String far = namespaces.farAddress(role);
        boolean overTarget = role == Role.SOURCE && standing == Standing.TARGET;
        String address = overTarget ? far : namespaces.nearAddress(role);
        return SshServer.Options.in(directory, address).inNetwork(namespaces.launcher(role), far);
    }

    @Override
    public Endpoint reachedAt(SshServer host) {
        return new Endpoint(host.peerAddress(), host.port());
    }

    @Override
    public List<String> launcher(Role role) {
        return namespaces.launcher(role);
    }

    @Override
    public OptionalLong bytes() {
        return OptionalLong.of(emulator.bytes());
    }

    @Override
    public void close() {
        emulator.close();
        namespaces.close();
    }
}
