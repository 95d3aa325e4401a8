package dev.hubferry.bench.homes;

import dev.hubferry.testbed.SshKeyPair;
import dev.hubferry.testbed.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two hosts, each a real sshd, and one key that may log in on both. */
final class Hosts implements AutoCloseable {
    private final Network network;
    private final Path directory;
    private final SshKeyPair key;
    private final Map<Role, SshServer> servers = new EnumMap<>(Role.class);
    private final Map<Role, Endpoint> endpoints = new EnumMap<>(Role.class);

    private Hosts(Network network, Path directory) {
        this.network = network;
        this.directory = directory;
        this.key = SshKeyPair.generate(directory.resolve("key"), "bench");
    }

    /** Starts both in this network. */
    static Hosts start(Network network, Path directory) {
        Hosts hosts = new Hosts(network, directory);
        try {
            for (Role role : Role.values()) {
                hosts.start(role);
            }
            Files.writeString(hosts.knownHosts(), hosts.knownHostsText());
            Files.writeString(hosts.sshConfig(), hosts.sshConfigText());
            return hosts;
        } catch (IOException e) {
            hosts.close();
            throw new UncheckedIOException("cannot write into " + directory, e);
        } catch (RuntimeException e) {
            hosts.close();
            throw e;
        }
    }

    SshServer server(Role role) {
        return of(servers, role);
    }

    /** Where the other host finds it. */
    Endpoint endpoint(Role role) {
        return of(endpoints, role);
    }

    Path privateKey() {
        return key.privateKey();
    }

    /** The hosts' keys, by the addresses at which they are reached from here and by name. */
    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** The command by which a host reaches the other one as {@code source} or {@code target}. */
    String remoteShell() {
        return "ssh -F " + sshConfig();
    }

    /** Runs a script of bash on a host, as a session there would. */
    Programs.Ended run(Role role, String name, String script, Map<String, String> environment)
            throws InterruptedException {
        List<String> command = new ArrayList<>(network.launcher(role));
        command.addAll(List.of("bash", "-eu", "-o", "pipefail", "-c", script));
        Map<String, String> all = new HashMap<>(server(role).environment());
        all.putAll(environment);
        return Programs.run(name, command, all);
    }

    @Override
    public void close() {
        servers.values().forEach(SshServer::close);
    }

    private void start(Role role) {
        SshServer server = SshServer.start(network.options(role, directory.resolve(role.wireName())));
        servers.put(role, server);
        server.authorize(key);
        endpoints.put(role, network.reachedAt(server));
    }

    private Path sshConfig() {
        return directory.resolve("ssh_config");
    }

    private String knownHostsText() {
        StringBuilder lines = new StringBuilder();
        servers.forEach((role, server) -> {
            String line = server.knownHostsLine();
            lines.append(line).append('\n');
            lines.append(role.wireName())
                    .append(line.substring(line.indexOf(' ')))
                    .append('\n');
        });
        return lines.toString();
    }

    private String sshConfigText() {
        StringBuilder text = new StringBuilder();
        endpoints.forEach(
                (role, endpoint) -> text.append("""
                Host %1$s
                  HostName %2$s
                  Port %3$d
                  HostKeyAlias %1$s
                """.formatted(role.wireName(), endpoint.address(), endpoint.port())));
        return text.append("""
                        Host *
                          User %s
                          IdentityFile %s
                          IdentitiesOnly yes
                          UserKnownHostsFile %s
                          BatchMode yes
                          Compression no
                          Ciphers aes128-gcm@openssh.com
                        """.formatted(server(Role.TARGET).user(), privateKey(), knownHosts()))
                .toString();
    }

    private static <T> T of(Map<Role, T> all, Role role) {
        T found = all.get(role);
        if (found == null) {
            throw new IllegalStateException("the " + role.wireName() + " was not started");
        }
        return found;
    }
}
