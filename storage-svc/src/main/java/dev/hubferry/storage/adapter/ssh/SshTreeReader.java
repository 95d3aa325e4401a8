package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.HomesRef;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.TreeReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads trees with find, sha256sum and getfattr on their own hosts. */
public final class SshTreeReader implements TreeReader {
    private final SshHosts hosts;
    private final CopySettings settings;

    public SshTreeReader(SshHosts hosts, CopySettings settings) {
        this.hosts = hosts;
        this.settings = settings;
    }

    @Override
    public EntryStream source(Route route) throws InterruptedException {
        HomesRef source = route.source();
        RemoteShell shell = hosts.shell(source.storage());
        return open(shell, source.path(), SourcePlace.of(shell, route).path(), "all", "no");
    }

    @Override
    public EntryStream target(Route route) throws InterruptedException {
        TargetPlaces places = TargetPlaces.of(route);
        String owned = places.marks() + "/" + route.migration() + ".homes";
        return open(hosts.shell(route.target().storage()), places.homes(), places.run(), owned, "yes");
    }

    @Override
    public boolean ownsTargetDirectory(Route route) throws InterruptedException {
        RemoteShell target = hosts.shell(route.target().storage());
        TargetPlaces places = TargetPlaces.of(route);
        HostResult names = target.run(HostCommand.script("names", places.homes()));
        HostResult marks = target.run(HostCommand.script("marks", places.marks()));
        Set<String> foreign = new HashSet<>(NulRecords.of(names.text()));
        Marks.parse(marks.text()).stream()
                .filter(mark -> mark.migration().equals(route.migration().value()))
                .forEach(mark -> mark.names().forEach(foreign::remove));
        Marks.QUOTA_FILES.forEach(foreign::remove);
        return foreign.isEmpty();
    }

    private EntryStream open(RemoteShell shell, String homes, String scratch, String scope, String sync)
            throws InterruptedException {
        String jobs = String.valueOf(settings.hashWorkers());
        HostCommand tree =
                HostCommand.script("tree", homes, scratch, jobs, scope, sync).within(settings.verifyDeadline());
        HostCommand attributes =
                HostCommand.script("attributes", homes, scratch, scope).within(settings.verifyDeadline());
        return SshEntryStream.open(shell, List.of(tree, attributes));
    }
}
