package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.TreeReader;
import java.util.ArrayList;
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
    public Trees open(Route route) throws InterruptedException {
        LongJob job = hosts.longJob(route.source().storage(), route.target().storage());
        List<SshEntryStream> streams = new ArrayList<>();
        boolean complete = false;
        try {
            streams.add(source(route, job.shell(route.source().storage())));
            streams.add(target(route, job.shell(route.target().storage())));
            complete = true;
            return new OpenTrees(job, streams.getFirst(), streams.getLast());
        } finally {
            if (!complete) {
                streams.forEach(SshEntryStream::close);
                job.close();
            }
        }
    }

    private SshEntryStream source(Route route, RemoteShell shell) throws InterruptedException {
        return open(shell, route.source().path(), SourcePlace.of(shell, route).path(), "all", "no");
    }

    private SshEntryStream target(Route route, RemoteShell shell) throws InterruptedException {
        TargetPlaces places = TargetPlaces.of(route);
        String owned = places.marks() + "/" + route.migration() + ".homes";
        return open(shell, places.homes(), places.run(), owned, "yes");
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

    private SshEntryStream open(RemoteShell shell, String homes, String scratch, String scope, String sync)
            throws InterruptedException {
        String jobs = String.valueOf(settings.hashWorkers());
        HostCommand tree =
                HostCommand.script("tree", homes, scratch, jobs, scope, sync).within(settings.verifyDeadline());
        HostCommand attributes =
                HostCommand.script("attributes", homes, scratch, scope).within(settings.verifyDeadline());
        return SshEntryStream.open(shell, List.of(tree, attributes));
    }

    private record OpenTrees(LongJob job, SshEntryStream source, SshEntryStream target) implements Trees {
        @Override
        public void close() {
            source.close();
            target.close();
            job.close();
        }
    }
}
