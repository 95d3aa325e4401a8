package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.Problem;
import dev.hubferry.storage.domain.HomesInspector;
import dev.hubferry.storage.domain.Inspection;
import dev.hubferry.storage.domain.Inspection.SourceFacts;
import dev.hubferry.storage.domain.Inspection.TargetFacts;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.manifest.Exclusions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at both hosts over ssh; nothing is written on either. */
public final class SshHomesInspector implements HomesInspector {
    private static final HostCommand PRIVILEGES = new HostCommand(
            "privileges",
            HostCommand.Account.ROOT,
            List.of("sh", "-c", "[ \"$(id -u)\" = 0 ]"),
            Duration.ofSeconds(30));

    private final SshHosts hosts;

    public SshHomesInspector(SshHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public Inspection inspect(HomesRef source, HomesRef target, HomesOptions options) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        Optional<HostFacts> sourceHost = host(source, List.of(source.path()), HostFacts.SOURCE_TOOLS, problems);
        String parent = TargetPlaces.parentOf(target).isEmpty() ? "/" : TargetPlaces.parentOf(target);
        Optional<HostFacts> targetHost = host(target, List.of(parent, target.path()), HostFacts.TARGET_TOOLS, problems);
        Optional<TargetFacts> place =
                targetHost.isPresent() ? place(target, parent, targetHost.get(), problems) : Optional.empty();
        List<String> withoutRsync = new ArrayList<>();
        if (sourceHost.isPresent() && targetHost.isPresent()) {
            withoutRsync = withoutRsync(source, sourceHost.get(), target, targetHost.get(), problems);
        }
        boolean keepsAll = place.map(seen -> seen.supportsAttributes() && seen.supportsAcls())
                .orElse(true);
        Optional<SourceFacts> homes = sourceHost.isPresent()
                ? homes(
                        source,
                        sourceHost.get(),
                        options,
                        withoutRsync.isEmpty(),
                        !keepsAll || options.ownership().isPresent(),
                        problems)
                : Optional.empty();
        if (sourceHost.isPresent() && targetHost.isPresent()) {
            reach(source, target, problems);
            if (sourceHost.get().overlaps(targetHost.get())) {
                problems.add(new Problem(
                        ErrorCode.SPEC_INVALID,
                        target.lockKey(),
                        "is the same directory as " + source.lockKey() + ", or one is inside the other",
                        "give a directory of its own for the target"));
            }
        }
        return new Inspection(problems, homes, place, withoutRsync);
    }

    /** Empty when the host cannot be used as it is; the reasons are added to the problems. */
    private Optional<HostFacts> host(
            HomesRef side, List<String> directories, List<String> tools, List<Problem> problems)
            throws InterruptedException {
        StorageServer server = hosts.server(side.storage());
        RemoteShell shell = hosts.shell(side.storage());
        try {
            if (shell.run(PRIVILEGES).exit() != 0) {
                problems.add(notPrivileged(server));
                return Optional.empty();
            }
            HostFacts facts =
                    HostFacts.parse(shell.require(HostCommand.script("facts", directories.toArray(String[]::new))));
            List<Problem> missing = facts.missing(server.label(), tools);
            problems.addAll(missing);
            return missing.isEmpty() ? Optional.of(facts) : Optional.empty();
        } catch (Refusal e) {
            problems.add(new Problem(
                    e.rejected().code(),
                    server.label(),
                    e.rejected().detail(),
                    remedy(e.rejected().code(), server)));
            return Optional.empty();
        }
    }

    private static Problem notPrivileged(StorageServer server) {
        String sudo = switch (server.sudo()) {
            case NONE -> "";
            case SUDO -> " and may not use sudo without a password";
        };
        return new Problem(
                ErrorCode.NOT_PRIVILEGED,
                server.label(),
                "account %s is not root%s, so owners and private files would be lost".formatted(server.user(), sudo),
                "log in as root, or allow passwordless sudo and set sudo for this connection");
    }

    private static String remedy(ErrorCode code, StorageServer server) {
        return switch (code) {
            case HOST_KEY_CHANGED ->
                "find out whether the server was re-installed; if so, pin its new key in " + server.knownHostsFile();
            case SSH_AUTH_FAILED -> "check user and private-key of the storage connection " + server.name();
            default -> "check host and port of the storage connection " + server.name() + ", and the network";
        };
    }

    /** The hosts without an rsync that will do; a problem when tar cannot take its place. */
    private List<String> withoutRsync(
            HomesRef source, HostFacts sourceHost, HomesRef target, HostFacts targetHost, List<Problem> problems) {
        String from = hosts.server(source.storage()).label();
        String to = hosts.server(target.storage()).label();
        if (Carriers.of(sourceHost, targetHost).transport().isEmpty()) {
            problems.add(Carriers.none(from, sourceHost, to, targetHost));
        }
        List<String> without = new ArrayList<>();
        if (!sourceHost.hasRsync()) {
            without.add(from);
        }
        if (!targetHost.hasRsync()) {
            without.add(to);
        }
        return without;
    }

    private Optional<SourceFacts> homes(
            HomesRef source,
            HostFacts host,
            HomesOptions options,
            boolean byRsync,
            boolean askAttributes,
            List<Problem> problems)
            throws InterruptedException {
        HostFacts.Directory directory = host.directories().getFirst();
        if (byRsync && !canBeServed(source.path())) {
            problems.add(new Problem(
                    ErrorCode.SPEC_INVALID,
                    source.lockKey(),
                    "rsync cannot serve a directory with '%' or '/./' in its path, or with a space or a backslash at the end",
                    "rename the directory, or make a link to it and give that"));
            return Optional.empty();
        }
        if (!directory.exists() || !directory.readable()) {
            problems.add(new Problem(
                    directory.exists() ? ErrorCode.SOURCE_UNREADABLE : ErrorCode.HOMES_NOT_FOUND,
                    source.lockKey(),
                    directory.exists() ? "the directory cannot be read" : "there is no such directory",
                    "check the path and the mount"));
            return Optional.empty();
        }
        try {
            return Optional.of(new HomesCensus(hosts).count(source, Exclusions.of(options), askAttributes));
        } catch (Refusal e) {
            problems.add(new Problem(
                    e.rejected().code(), source.lockKey(), e.rejected().detail(), "make all homes readable for root"));
            return Optional.empty();
        }
    }

    /** What stands in rsyncd.conf is a path with variables, perhaps continued on the next line, and with a mark where the root begins. */
    private static boolean canBeServed(String path) {
        return path.indexOf('%') < 0
                && !(path + "/").contains("/./")
                && !path.endsWith("\\")
                && path.strip().equals(path);
    }

    private Optional<TargetFacts> place(HomesRef target, String parent, HostFacts host, List<Problem> problems)
            throws InterruptedException {
        HostFacts.Directory above = host.directories().getFirst();
        HostFacts.Directory homes = host.directories().getLast();
        Optional<Problem> unfit = TargetFitness.problem(target, parent, above, homes);
        if (unfit.isPresent()) {
            problems.add(unfit.get());
            return Optional.empty();
        }
        RemoteShell shell = hosts.shell(target.storage());
        List<String> names = NulRecords.of(shell.require(HostCommand.script("names", target.path()))).stream()
                .filter(name -> !Marks.QUOTA_FILES.contains(name))
                .sorted()
                .toList();
        String marks = shell.require(HostCommand.script("marks", TargetPlaces.marksOf(target)));
        return Optional.of(new TargetFacts(
                above.fileSystem(),
                above.freeBytes(),
                above.freeInodes(),
                names,
                Marks.parse(marks),
                above.keepsAttributes(),
                above.keepsAcls()));
    }

    private void reach(HomesRef source, HomesRef target, List<Problem> problems) throws InterruptedException {
        StorageServer from = hosts.server(target.storage());
        StorageServer to = hosts.server(source.storage());
        HostCommand command = HostCommand.script(
                "reach", from.bindAddress(), to.peerAddress(), String.valueOf(to.peerPort()), to.user());
        String answer = hosts.shell(target.storage()).run(command).errors().strip();
        if (!answer.contains("Host key verification failed")) {
            problems.add(new Problem(
                    ErrorCode.SSH_UNREACHABLE,
                    from.label(),
                    "does not reach sshd of the source at %s port %d: %s"
                            .formatted(to.peerAddress(), to.peerPort(), answer.isEmpty() ? "no answer" : answer),
                    "open the firewall for ssh from %s to %s, or correct peer-address and peer-port"
                            .formatted(from.peerAddress(), to.peerAddress())));
        }
    }
}
