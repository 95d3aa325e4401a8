package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.RouteKeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens a route with a key that is made on the target and never leaves it, and that may do one thing on the source.
 *
 * <pre>
 *   target: run directory with key, ssh_config, and the keys that are pinned for the source as known_hosts
 *   source: private directory with the forced command, line in authorized_keys
 *   proof:  the key lists the homes; another path and a shell are refused
 * </pre>
 *
 * Closing goes the other way round: first the line, so that nobody comes in any more, then what runs, then the rest.
 */
public final class SshRouteKeeper implements RouteKeeper {
    private static final String EFFECT_TARGET = "run-directory:";
    private static final Duration PROBE_DEADLINE = Duration.ofSeconds(90);

    private static final Duration CLOSE_DEADLINE = Duration.ofMinutes(10);

    private final SshHosts hosts;
    private final SourceKeys keys;

    public SshRouteKeeper(SshHosts hosts) {
        this.hosts = hosts;
        this.keys = new SourceKeys(hosts);
    }

    @Override
    @Failpoint("storage.route.open")
    public String open(Route route, CommandRun run) throws InterruptedException {
        RemoteShell target = hosts.shell(route.target().storage());
        TargetPlaces places = TargetPlaces.of(route);
        run.ensureHeld();
        run.recordBefore(EFFECT_TARGET + route.target().storage(), "{\"runDirectory\":\"absent\"}");
        List<String> made = makeKey(target, places, route, run);
        String publicKey = made.get(0);
        RunDirectory directory = new RunDirectory(target, places.run(), run);
        keys.allow(route, run, publicKey, () -> directory.require(directory.fenced("hold")));
        prove(target, places, route);
        return made.get(1);
    }

    @Override
    public boolean close(Route route, CommandRun run, HomesAfterwards afterwards) throws InterruptedException {
        String targetEffect = EFFECT_TARGET + route.target().storage();
        Optional<String> target = run.before(targetEffect);
        boolean source = keys.wasTouched(route, run);
        if (target.isEmpty() && !source) {
            return false;
        }
        // The source first: without the key nobody comes in any more. If that fails the target is closed all the same.
        List<RuntimeException> failures = new ArrayList<>();
        if (source) {
            attempt(failures, () -> keys.withdraw(route, run));
        }
        if (target.isPresent()) {
            attempt(failures, () -> {
                closeTarget(route, run, afterwards);
                run.forget(targetEffect);
            });
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return true;
    }

    private static void attempt(List<RuntimeException> failures, Closing closing) throws InterruptedException {
        try {
            closing.close();
        } catch (Refusal | IllegalStateException e) {
            failures.add(e);
        }
    }

    /** One side of a route to close. */
    @FunctionalInterface
    private interface Closing {
        void close() throws InterruptedException;
    }

    @Failpoint("storage.route.make-key")
    private List<String> makeKey(RemoteShell target, TargetPlaces places, Route route, CommandRun run)
            throws InterruptedException {
        FileBundle files = new FileBundle();
        files.add("known_hosts", knownHosts(route));
        files.add("ssh_config", sshConfig(route));
        files.add("transport", Carriers.ask(hosts, route).text());
        files.add("route.sh", HostScripts.text("route"));
        HostCommand command = HostCommand.script(
                "open-target",
                places.parent(),
                route.migration().value(),
                RunDirectory.commandKey(run),
                String.valueOf(run.epoch()),
                String.valueOf(files.bytes().length));
        HostResult result = target.run(command, files.bytes());
        if (result.exit() == RunDirectory.NOT_OPEN) {
            throw Refusal.of(
                    ErrorCode.HOMES_NOT_FOUND, "%s on %s is no directory".formatted(places.parent(), target.label()));
        }
        if (result.exit() != 0) {
            throw RunDirectory.failure(target, result);
        }
        return result.text().lines().toList();
    }

    private String knownHosts(Route route) {
        StringBuilder lines = new StringBuilder();
        PinnedHostKey.knownHosts(hosts.server(route.source().storage()))
                .keys()
                .forEach(key -> lines.append("hubferry-source %s %s\n".formatted(key.type(), key.base64())));
        return lines.toString();
    }

    private String sshConfig(Route route) {
        StorageServer source = hosts.server(route.source().storage());
        StorageServer target = hosts.server(route.target().storage());
        return """
                Host hubferry-source
                  HostName %s
                  Port %d
                  User %s
                  HostKeyAlias hubferry-source
                  UserKnownHostsFile known_hosts
                  GlobalKnownHostsFile /dev/null
                  StrictHostKeyChecking yes
                  IdentityFile key
                  IdentitiesOnly yes
                  IdentityAgent none
                  PreferredAuthentications publickey
                  BatchMode yes
                  ConnectTimeout 10
                  ServerAliveInterval 2
                  ServerAliveCountMax 3
                  Compression no
                  ControlPath none
                  Ciphers aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-ctr,aes256-ctr
                %s
                """.formatted(
                        source.peerAddress(),
                        source.peerPort(),
                        source.user(),
                        target.bindAddress().equals(StorageServer.ANY) ? "" : "  BindAddress " + target.bindAddress());
    }

    private void prove(RemoteShell target, TargetPlaces places, Route route) throws InterruptedException {
        HostResult result =
                target.run(HostCommand.script("probe-route", places.run()).within(PROBE_DEADLINE));
        String from =
                target.label() + " → " + hosts.server(route.source().storage()).label();
        String errors = result.errors().strip();
        switch (result.exit()) {
            case 0 -> {}
            case 80, 81 ->
                throw Refusal.of(
                        errors.contains("Host key verification failed")
                                ? ErrorCode.HOST_KEY_CHANGED
                                : ErrorCode.SSH_UNREACHABLE,
                        "%s: the key is not served: %s".formatted(from, errors));
            case 82 ->
                throw Refusal.of(ErrorCode.COPY_FAILED, "%s: the homes cannot be listed: %s".formatted(from, errors));
            case 83, 84 ->
                throw Refusal.of(
                        ErrorCode.NOT_PRIVILEGED,
                        "%s: the source lets the key do more than it may; its sshd ignores forced commands"
                                .formatted(from));
            case 85 ->
                throw Refusal.of(
                        ErrorCode.SSH_UNREACHABLE,
                        "%s: nobody has refused what the key must not do: %s".formatted(from, errors));
            default -> throw RunDirectory.failure(target, result);
        }
    }

    @Failpoint("storage.route.close-target")
    private void closeTarget(Route route, CommandRun run, HomesAfterwards afterwards) throws InterruptedException {
        RemoteShell target = hosts.shell(route.target().storage());
        TargetPlaces places = TargetPlaces.of(route);
        run.ensureHeld();
        HostResult result = target.run(HostCommand.script(
                        "close-target",
                        places.parent(),
                        route.migration().value(),
                        RunDirectory.commandKey(run),
                        String.valueOf(run.epoch()),
                        places.marks(),
                        switch (afterwards) {
                            case STAY_MARKED -> "no";
                            case HANDED_OVER -> "yes";
                        })
                .within(CLOSE_DEADLINE));
        if (result.exit() != 0) {
            throw RunDirectory.failure(target, result);
        }
    }
}
