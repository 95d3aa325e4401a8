package dev.hubferry.bench.homes;

import dev.hubferry.testbed.SshServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Each connection between the hosts gets only so much, as many clouds do it; both stand on loopback. */
final class Capped implements Network {
    private static final double BYTES_PER_SECOND = 40e6 / 8;

    private final Loopback hosts = new Loopback();
    private final List<CappedRelay> relays = new ArrayList<>();

    @Override
    public SshServer.Options options(Role role, Path directory) {
        return hosts.options(role, directory);
    }

    @Override
    public Endpoint reachedAt(SshServer host) {
        CappedRelay relay = CappedRelay.start(hosts.reachedAt(host), BYTES_PER_SECOND, CappedRelay.Pace.REAL);
        relays.add(relay);
        return relay.endpoint();
    }

    @Override
    public List<String> launcher(Role role) {
        return hosts.launcher(role);
    }

    @Override
    public OptionalLong bytes() {
        return OptionalLong.of(relays.stream().mapToLong(CappedRelay::bytes).sum());
    }

    @Override
    public void close() {
        relays.forEach(CappedRelay::close);
    }
}
