package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.ConfirmQuiet;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import dev.hubferry.storage.domain.SeedHomes;
import dev.hubferry.storage.domain.SeedPlan;
import dev.hubferry.storage.domain.SyncFinal;
import java.time.Duration;
import java.util.List;

/** A move with options, from the first pass to the receipt and the last look at the source. */
final class WholeMove {
    private final TwoHosts hosts;
    private final Route route;

    WholeMove(TwoHosts hosts, HomesOptions options) {
        this.hosts = hosts;
        this.route = hosts.with(options);
    }

    void seed(int passes) throws Exception {
        seed(new SeedPlan(passes, passes, Duration.ZERO));
    }

    void seed(SeedPlan plan) throws Exception {
        hosts.keeper().open(route, hosts.run);
        new SeedHomes(hosts.copier(), plan, hosts.hashing()::hash)
                .seed(route, ExistingHomes.REFUSE, List.of(), hosts.run.then("seed-homes/do/1"));
    }

    Receipt finish() throws Exception {
        new SyncFinal(hosts.copier(), hosts.watch())
                .sync(route, OnLateWrites.TAKE_BACK, hosts.run.then("sync-final/do/1"));
        return verify();
    }

    Receipt verify() throws InterruptedException {
        return hosts.verification()
                .verify(route, hosts.run.then("verify-homes/do/1"))
                .receipt();
    }

    /** How many entries were looked at. */
    long confirmQuiet() throws Exception {
        return new ConfirmQuiet(hosts.watch())
                .confirm(route, hosts.run.then("confirm-quiet/do/1"))
                .entries();
    }

    /** @return whether there was anything to close */
    boolean close() throws Exception {
        return hosts.keeper().close(route, hosts.run.then("close-route/do/1"), HomesAfterwards.HANDED_OVER);
    }
}
