package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.SourceWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Compares a new scan of the source with the one that the last final pass began with: every change moves a ctime or an inode. */
public final class SshSourceWatch implements SourceWatch {
    private static final Duration COMPARISON = Duration.ofMinutes(10);

    private final SshHosts hosts;

    public SshSourceWatch(SshHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public Changes sinceFinalPass(Route route, CommandRun run) throws InterruptedException {
        RemoteShell target = hosts.shell(route.target().storage());
        TargetPlaces places = TargetPlaces.of(route);
        int pass = lastFinalPass(target, places);
        String upload = "quiet." + RunDirectory.commandKey(run) + "." + run.epoch();
        AtomicLong entries = new AtomicLong();
        run.ensureHeld();
        new SourceLister(hosts).list(route, places.run(), upload, true, entry -> entries.incrementAndGet());
        HostCommand compare =
                HostCommand.script("moved", places.run(), upload, String.valueOf(pass), String.valueOf(Changes.NAMED));
        List<String> moved = NulRecords.of(target.require(compare.within(COMPARISON)));
        return new Changes(entries.get(), Long.parseLong(moved.getFirst().strip()), moved.subList(1, moved.size()));
    }

    private static int lastFinalPass(RemoteShell target, TargetPlaces places) throws InterruptedException {
        HostResult result = target.run(HostCommand.script("passes", places.run()));
        if (result.exit() != 0) {
            throw RunDirectory.failure(target, result);
        }
        List<PassPlan> finals = PassPlan.parse(result.text()).stream()
                .filter(plan -> plan.kind() == Kind.FINAL && plan.isGoodEnough())
                .toList();
        if (finals.isEmpty()) {
            throw Refusal.of(ErrorCode.ROUTE_NOT_OPEN, "no final pass has ended on this route");
        }
        return finals.getLast().number();
    }
}
