package dev.hubferry.bench.homes;

import dev.hubferry.testbed.SshServer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Nothing lies between the hosts: each has an address of its own on loopback. */
final class Loopback implements Network {
    @Override
    public SshServer.Options options(Role role, Path directory) {
        return SshServer.Options.in(
                directory,
                switch (role) {
                    case SOURCE -> "127.0.0.2";
                    case TARGET -> "127.0.0.3";
                });
    }

    @Override
    public Endpoint reachedAt(SshServer host) {
        return new Endpoint(host.address(), host.port());
    }

    @Override
    public List<String> launcher(Role role) {
        return List.of();
    }

    @Override
    public OptionalLong bytes() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        // Nothing was made.
    }
}
