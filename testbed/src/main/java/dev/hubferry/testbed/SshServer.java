package dev.hubferry.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One host that is reached by ssh: a real OpenSSH sshd on a loopback address of its own.
 *
 * <pre>
 *   DIR/etc/sshd_config, ssh_host_ed25519_key    the host's identity
 *   DIR/home/.ssh/authorized_keys                 the only keys that may log in; HOME of every session is DIR/home
 *   DIR/bin/ssh                                   first in PATH: ssh leaves from this host's address, as from= expects
 *   DIR/sshd.log
 * </pre>
 *
 * Sessions run as the user who runs this JVM; their directory at login is that user's, only HOME is the host's own.
 */
public final class SshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Options options;
    private final int port;
    private ChildProcess process;

    private SshServer(Options options) {
        this.options = options;
        // In a network of its own nobody else listens, and its address is none of this machine's.
        this.port = options.launcher().isEmpty() ? FreePorts.next(options.address()) : FreePorts.next();
        prepare();
        this.process = launch();
        AtExit.add(() -> HostProcesses.killAll(home()));
    }

    /**
     * How to run the host.
     *
     * @param directory of the host; kept on close
     * @param address literal loopback address, such as 127.0.0.2; with a launcher the one by which this JVM reaches the host
     * @param peerAddress by which the other hosts know it; its ssh leaves from there
     * @param launcher put before the command that starts sshd, such as {@code ip netns exec NAME}; none on loopback
     * @param maxSessions multiplexed sessions of one connection, sshd's default is 10
     * @param maxStartups unauthenticated connections as in sshd_config, sshd's default is 10:30:100
     * @param extraLines further lines of sshd_config
     */
    public record Options(
            Path directory,
            String address,
            String peerAddress,
            List<String> launcher,
            int maxSessions,
            String maxStartups,
            List<String> extraLines) {
        public Options {
            launcher = List.copyOf(launcher);
            extraLines = List.copyOf(extraLines);
            directory = directory.toAbsolutePath();
        }

        /** With sshd's own limits. */
        public static Options in(Path directory, String address) {
            return new Options(directory, address, address, List.of(), 10, "10:30:100", List.of());
        }

        /** In a network of its own, where it listens on a second address for the other hosts. */
        public Options inNetwork(List<String> launchedBy, String peer) {
            return new Options(directory, address, peer, launchedBy, maxSessions, maxStartups, extraLines);
        }

        public Options withMaxSessions(int sessions) {
            return new Options(directory, address, peerAddress, launcher, sessions, maxStartups, extraLines);
        }

        public Options withMaxStartups(String startups) {
            return new Options(directory, address, peerAddress, launcher, maxSessions, startups, extraLines);
        }

        public Options withExtraLines(String... lines) {
            return new Options(directory, address, peerAddress, launcher, maxSessions, maxStartups, List.of(lines));
        }

        private String listenLines() {
            return Stream.of(address, peerAddress)
                    .distinct()
                    .map("ListenAddress "::concat)
                    .collect(Collectors.joining("\n"));
        }
    }

    /**
     * Starts a host and waits until it greets.
     *
     * @throws TestbedException with the end of sshd's log when it does not
     */
    public static SshServer start(Options options) {
        SshServer server = new SshServer(options);
        server.awaitBanner();
        return server;
    }

    public String address() {
        return options.address();
    }

    /** The address by which other hosts know it. */
    public String peerAddress() {
        return options.peerAddress();
    }

    public int port() {
        return port;
    }

    /** What makes a process one of the host's: HOME, and a PATH in which the host's own ssh comes first. */
    public Map<String, String> environment() {
        return Map.of(
                "HOME",
                home().toString(),
                "PATH",
                options.directory().resolve("bin") + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    /** The account to log in with. */
    public String user() {
        return System.getProperty("user.name");
    }

    /** HOME of the sessions. */
    public Path home() {
        return options.directory().resolve("home");
    }

    public Path authorizedKeys() {
        return home().resolve(".ssh/authorized_keys");
    }

    /** Key fingerprints, logins and refusals, as sshd writes them at LogLevel VERBOSE. */
    public Path log() {
        return options.directory().resolve("sshd.log");
    }

    /** Lets this key log in without restrictions. */
    public void authorize(SshKeyPair key) {
        try {
            Files.writeString(
                    authorizedKeys(), key.publicLine() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + authorizedKeys(), e);
        }
    }

    /** The line for a known_hosts file: {@code [address]:port ssh-ed25519 key}. */
    public String knownHostsLine() {
        String[] parts = new SshKeyPair(hostKey()).publicLine().split(" ", -1);
        return "[" + address() + "]:" + port + " " + parts[0] + " " + parts[1];
    }

    /** Replaces the host key and starts again with it, as a re-installed or impersonated host. */
    public void rotateHostKey() {
        stop();
        SshKeyPair.generate(hostKey(), "host " + address());
        resume();
    }

    /** Number of connections that sshd serves now. */
    public int connections() {
        return Math.toIntExact(ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::children)
                .count());
    }

    /** Cuts every connection without a word; what a session has started goes on, as after a lost link. */
    public void cutConnections() {
        ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::children)
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Stops listening; established connections stay. */
    public void stop() {
        process.kill();
    }

    /** Listens again on the same port. */
    public void resume() {
        if (process.isAlive()) {
            return;
        }
        process = launch();
        awaitBanner();
    }

    /** Switches the host off: sshd, its connections, and everything that sessions have started, also in background. */
    @Override
    public void close() {
        cutConnections();
        process.kill();
        HostProcesses.killAll(home());
    }

    private Path hostKey() {
        return options.directory().resolve("etc/ssh_host_ed25519_key");
    }

    private Path config() {
        return options.directory().resolve("etc/sshd_config");
    }

    private void prepare() {
        if (!Files.isExecutable(SSHD)) {
            throw new TestbedException(SSHD + " is missing; install it: apt-get install openssh-server");
        }
        Path directory = options.directory();
        try {
            Files.createDirectories(directory.resolve("etc"));
            Files.createDirectories(authorizedKeys().getParent());
            if (!Files.exists(authorizedKeys())) {
                Files.createFile(authorizedKeys());
            }
            SshHostFiles.write(directory, peerAddress());
            if (!Files.exists(hostKey())) {
                SshKeyPair.generate(hostKey(), "host " + address());
            }
            Files.writeString(config(), configText());
            if (user().equals("root")) {
                Files.createDirectories(Path.of("/run/sshd"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the host in " + directory, e);
        }
    }

    private String configText() {
        return """
                %s
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                SetEnv HOME=%s PATH=%s
                PidFile none
                UsePAM no
                UseDNS no
                StrictModes no
                PermitRootLogin prohibit-password
                PubkeyAuthentication yes
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PrintMotd no
                LogLevel VERBOSE
                MaxSessions %d
                MaxStartups %s
                Subsystem sftp internal-sftp
                %s
                """.formatted(
                        options.listenLines(),
                        port,
                        hostKey(),
                        authorizedKeys(),
                        environment().get("HOME"),
                        environment().get("PATH"),
                        options.maxSessions(),
                        options.maxStartups(),
                        String.join("\n", options.extraLines()));
    }

    private ChildProcess launch() {
        List<String> command = new ArrayList<>(options.launcher());
        command.addAll(List.of(SSHD.toString(), "-D", "-e", "-f", config().toString()));
        return ChildProcess.start(
                new ChildProcess.Spec("sshd " + address(), command, Map.of(), options.directory(), log()));
    }

    private void awaitBanner() {
        process.awaitReady(Duration.ofSeconds(20), () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address(), port), 1000);
                socket.setSoTimeout(2000);
                return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
            }
        });
    }
}
