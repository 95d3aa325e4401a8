package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.SourceWatch;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a new scan of the source with the one that the last final pass began with: every change moves a ctime or an inode. */
public final class SshSourceWatch implements SourceWatch {
    private final SshHosts hosts;

    public SshSourceWatch(SshHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public Changes sinceFinalPass(Route route, CommandRun run) throws InterruptedException {
        TargetPlaces places = TargetPlaces.of(route);
        int pass = lastFinalPass(hosts.shell(route.target().storage()), places);
        run.ensureHeld();
        SourceHomes homes = SourceHomes.list(hosts.shell(route.source().storage()), route.source());
        try (LongJob job =
                        hosts.longJob(route.source().storage(), route.target().storage());
                StoredManifest before = manifest(job.shell(route.target().storage()), places, pass);
                ManifestScan now = homes.scan(job.shell(route.source().storage()), route, true)) {
            Exclusions exclusions = Exclusions.of(route.options());
            return compare(exclusions.from(before), exclusions.from(now));
        }
    }

    @Override
    public Changes between(Route route, int earlier, int later) throws InterruptedException {
        TargetPlaces places = TargetPlaces.of(route);
        try (LongJob job = hosts.longJob(route.target().storage());
                StoredManifest before = manifest(job.shell(route.target().storage()), places, earlier);
                StoredManifest after = manifest(job.shell(route.target().storage()), places, later)) {
            return compare(before, after);
        }
    }

    private static StoredManifest manifest(RemoteShell target, TargetPlaces places, int pass)
            throws InterruptedException {
        return StoredManifest.open(target, places, "pass-" + pass + "/source");
    }

    private static Changes compare(ManifestStream before, ManifestStream now) throws InterruptedException {
        List<String> first = new ArrayList<>();
        long entries = 0;
        long moved = 0;
        Optional<ManifestEntry> old = before.next();
        Optional<ManifestEntry> current = now.next();
        while (old.isPresent() || current.isPresent()) {
            int order = order(old, current);
            boolean same = order == 0 && current.orElseThrow().isAsBefore(old.orElseThrow());
            if (!same) {
                moved++;
                if (first.size() < Changes.NAMED) {
                    first.add((order <= 0 ? old : current).orElseThrow().path());
                }
            }
            entries += order >= 0 ? 1 : 0;
            old = order <= 0 ? before.next() : old;
            current = order >= 0 ? now.next() : current;
        }
        return new Changes(entries, moved, first);
    }

    /** Which comes first; below 0 for the old one. */
    private static int order(Optional<ManifestEntry> old, Optional<ManifestEntry> current) {
        if (old.isEmpty()) {
            return 1;
        }
        return current.isEmpty() ? -1 : old.get().compareTo(current.get());
    }

    private static int lastFinalPass(RemoteShell target, TargetPlaces places) throws InterruptedException {
        HostResult result = target.run(HostCommand.script("passes", places.run()));
        if (result.exit() != 0) {
            throw RunDirectory.failure(target, result);
        }
        List<PassPlan> finals = PassPlan.parse(result.text()).stream()
                .filter(plan -> plan.kind() == Kind.FINAL && plan.isGoodEnough() && plan.hasManifest())
                .toList();
        if (finals.isEmpty()) {
            throw Refusal.of(ErrorCode.ROUTE_NOT_OPEN, "no final pass of this version has ended on this route");
        }
        return finals.getLast().number();
    }
}
