package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.storage.adapter.ssh.SshTree.Place;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.Spool.Spools;
import dev.hubferry.storage.domain.TreeReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads trees with find, sha256sum and getfattr on their own hosts; hashes are kept in the run directory on the target. */
public final class SshTreeReader implements TreeReader {
    private final SshHosts hosts;
    private final CopySettings settings;
    private final Spools spools;

    public SshTreeReader(SshHosts hosts, CopySettings settings, Spools spools) {
        this.hosts = hosts;
        this.settings = settings;
        this.spools = spools;
    }

    @Override
    public Trees open(Route route, CommandRun run) throws InterruptedException {
        LongJob job = hosts.longJob(route.source().storage(), route.target().storage());
        boolean complete = false;
        try {
            RemoteShell target = job.shell(route.target().storage());
            RunDirectory directory =
                    new RunDirectory(target, TargetPlaces.of(route).run(), run);
            Trees trees = new OpenTrees(
                    job,
                    source(route, job.shell(route.source().storage()), directory),
                    target(route, target, directory),
                    AcceptedLosses.of(target, route));
            complete = true;
            return trees;
        } finally {
            if (!complete) {
                job.close();
            }
        }
    }

    private SshTree source(Route route, RemoteShell shell, RunDirectory directory) throws InterruptedException {
        Place place = new Place(
                label(route.source()),
                ErrorCode.SOURCE_CHANGED,
                route.source().path(),
                SourcePlace.of(shell, route).path(),
                "all");
        Homes homes = Homes.all(names(shell, route.source()));
        return new SshTree(shell, place, homes, settings, new KeptHashes(directory, "hashes/source", spools));
    }

    private SshTree target(Route route, RemoteShell shell, RunDirectory directory) throws InterruptedException {
        TargetPlaces places = TargetPlaces.of(route);
        String migration = route.migration().value();
        Place place = new Place(
                label(route.target()),
                ErrorCode.TREES_DIFFER,
                places.homes(),
                places.run(),
                places.marks() + "/" + migration + ".homes");
        Set<String> ours = new HashSet<>();
        Marks.parse(shell.require(HostCommand.script("marks", places.marks()))).stream()
                .filter(mark -> mark.migration().equals(migration))
                .forEach(mark -> ours.addAll(mark.names()));
        Homes homes = Homes.some(names(shell, route.target()), ours);
        return new SshTree(shell, place, homes, settings, new KeptHashes(directory, "hashes/target", spools));
    }

    /** The names in a homes directory but for quota files. */
    private static List<String> names(RemoteShell shell, HomesRef homes) throws InterruptedException {
        return NulRecords.of(shell.require(HostCommand.script("names", homes.path()))).stream()
                .filter(name -> !Marks.QUOTA_FILES.contains(name))
                .toList();
    }

    private static String label(HomesRef homes) {
        return homes.lockKey();
    }

    /**
     * What is read of a homes directory.
     *
     * @param names of the homes
     * @param whole whether nothing else is there
     */
    record Homes(List<String> names, boolean whole) {
        static Homes all(List<String> names) {
            return new Homes(names, true);
        }

        static Homes some(List<String> names, Set<String> ours) {
            List<String> some = names.stream().filter(ours::contains).toList();
            return new Homes(some, some.size() == names.size());
        }
    }

    private record OpenTrees(LongJob job, SshTree source, SshTree target, Set<HomesConsent> losses) implements Trees {
        @Override
        public void close() {
            source.close();
            target.close();
            job.close();
        }
    }
}
