package dev.hubferry.bench.homes;

import dev.hubferry.testbed.SshServer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What lies between the two hosts. */
interface Network extends AutoCloseable {
    /** How a host is started that stands in this network. */
    SshServer.Options options(Role role, Path directory);

    /** Where the other host finds this one's sshd, which runs; asked once. */
    Endpoint reachedAt(SshServer host);

    /** What is put before a command so that it runs in the network of this host. */
    List<String> launcher(Role role);

    /** Bytes that have gone over the link in both directions so far, if anybody counts them. */
    OptionalLong bytes();

    @Override
    void close();
}
