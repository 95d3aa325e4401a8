package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.DbCommand.CheckDatabase;
import dev.hubferry.contracts.DbCommand.RestoreTargetDatabase;
import dev.hubferry.contracts.DbCommand.TransferDatabase;
import dev.hubferry.contracts.DbReply.DatabaseTransferred;
import dev.hubferry.contracts.DnsCommand.AwaitPropagation;
import dev.hubferry.contracts.DnsCommand.CheckZone;
import dev.hubferry.contracts.DnsCommand.LowerTtl;
import dev.hubferry.contracts.DnsCommand.RestoreTtl;
import dev.hubferry.contracts.DnsCommand.SwitchBack;
import dev.hubferry.contracts.DnsCommand.SwitchRecord;
import dev.hubferry.contracts.DnsReply.TtlLowered;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.K8sCommand.CheckSource;
import dev.hubferry.contracts.K8sCommand.CheckTarget;
import dev.hubferry.contracts.K8sCommand.CloseSource;
import dev.hubferry.contracts.K8sCommand.ConfirmFence;
import dev.hubferry.contracts.K8sCommand.EvictUsers;
import dev.hubferry.contracts.K8sCommand.HoldTarget;
import dev.hubferry.contracts.K8sCommand.OpenTarget;
import dev.hubferry.contracts.K8sCommand.ReleaseTarget;
import dev.hubferry.contracts.K8sCommand.ReopenSource;
import dev.hubferry.contracts.K8sCommand.SmokeTestTarget;
import dev.hubferry.contracts.K8sCommand.StartSourceHub;
import dev.hubferry.contracts.K8sCommand.StartTargetHub;
import dev.hubferry.contracts.K8sCommand.StopSourceHub;
import dev.hubferry.contracts.K8sCommand.StopTargetHub;
import dev.hubferry.contracts.K8sCommand.VerifyLive;
import dev.hubferry.contracts.K8sReply.SourceChecked;
import dev.hubferry.contracts.K8sReply.TargetSmokeTested;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.StorageCommand.CheckHomes;
import dev.hubferry.contracts.StorageCommand.CloseRoute;
import dev.hubferry.contracts.StorageCommand.ConfirmQuiet;
import dev.hubferry.contracts.StorageCommand.OpenRoute;
import dev.hubferry.contracts.StorageCommand.SeedHomes;
import dev.hubferry.contracts.StorageCommand.SyncFinal;
import dev.hubferry.contracts.StorageCommand.VerifyHomes;
import dev.hubferry.orchestrator.saga.engine.SagaContext;
import java.util.List;
import java.util.Optional;

/** The commands of {@link MigrateHub}, each made from the spec and from what earlier steps answered; an undo from the spec alone. */
final class Ask {
    private Ask() {}

    static CheckSource checkSource(SagaContext c) {
        return new CheckSource(c.spec().source(), oldHomes(c));
    }

    static CheckTarget checkTarget(SagaContext c) {
        return new CheckTarget(c.spec().target(), newHomes(c), c.spec().source());
    }

    static CheckHomes checkHomes(SagaContext c) {
        return new CheckHomes(oldHomes(c), newHomes(c), c.spec().homes().existing(), options(c));
    }

    static CheckDatabase checkDatabase(SagaContext c) {
        return new CheckDatabase(
                c.spec().source(), c.spec().target(), c.spec().database().consents());
    }

    static CheckZone checkZone(SagaContext c) {
        return new CheckZone(c.spec().dns().zone(), c.spec().dns().name());
    }

    /** The name has to lead to the hub that moves: found out before homes are copied for hours. */
    static CheckZone checkRecord(SagaContext c) {
        return new CheckZone(c.spec().dns().zone(), c.spec().dns().name(), Optional.of(oldIngress(c)));
    }

    static HoldTarget holdTarget(SagaContext c) {
        return new HoldTarget(c.spec().target());
    }

    static ReleaseTarget releaseTarget(MigrationSpec spec) {
        return new ReleaseTarget(spec.target());
    }

    static OpenRoute openRoute(SagaContext c) {
        return new OpenRoute(oldHomes(c), newHomes(c));
    }

    static CloseRoute closeRoute(MigrationSpec spec) {
        return new CloseRoute(spec.homes().source(), spec.homes().target());
    }

    static SeedHomes seedHomes(SagaContext c) {
        List<String> activeFirst = c.reply("check-source", SourceChecked.class).activeHomes();
        return new SeedHomes(oldHomes(c), newHomes(c), c.spec().homes().existing(), activeFirst, options(c));
    }

    static LowerTtl lowerTtl(SagaContext c) {
        MigrationSpec.Dns dns = c.spec().dns();
        return new LowerTtl(dns.zone(), dns.name(), oldIngress(c), dns.cutoverTtl());
    }

    static RestoreTtl restoreTtl(MigrationSpec spec) {
        return new RestoreTtl(spec.dns().zone(), spec.dns().name());
    }

    static CloseSource closeSource(SagaContext c) {
        return new CloseSource(c.spec().source());
    }

    static ReopenSource reopenSource(MigrationSpec spec) {
        return new ReopenSource(spec.source());
    }

    static EvictUsers evictUsers(SagaContext c) {
        return new EvictUsers(c.spec().source(), oldHomes(c));
    }

    static StopSourceHub stopSourceHub(SagaContext c) {
        return new StopSourceHub(c.spec().source());
    }

    static StartSourceHub startSourceHub(MigrationSpec spec) {
        return new StartSourceHub(spec.source());
    }

    static SyncFinal syncFinal(SagaContext c) {
        return new SyncFinal(oldHomes(c), newHomes(c), c.spec().cutover().onLateWrites(), options(c));
    }

    static TransferDatabase transferDatabase(SagaContext c) {
        return new TransferDatabase(
                c.spec().source(), c.spec().target(), c.spec().database().consents());
    }

    static RestoreTargetDatabase restoreTargetDatabase(MigrationSpec spec) {
        return new RestoreTargetDatabase(spec.source(), spec.target());
    }

    static VerifyHomes verifyHomes(SagaContext c) {
        return new VerifyHomes(oldHomes(c), newHomes(c), options(c));
    }

    static StartTargetHub startTargetHub(SagaContext c) {
        return new StartTargetHub(c.spec().target());
    }

    static StopTargetHub stopTargetHub(MigrationSpec spec) {
        return new StopTargetHub(spec.target());
    }

    static SmokeTestTarget smokeTestTarget(SagaContext c) {
        long users = c.reply("transfer-database", DatabaseTransferred.class).users();
        return new SmokeTestTarget(c.spec().target(), newHomes(c), users);
    }

    static ConfirmQuiet confirmQuiet(SagaContext c) {
        return new ConfirmQuiet(oldHomes(c), newHomes(c), options(c));
    }

    static ConfirmFence confirmFence(SagaContext c) {
        return new ConfirmFence(c.spec().source(), c.spec().target(), oldHomes(c));
    }

    static SwitchRecord switchRecord(SagaContext c) {
        return new SwitchRecord(c.spec().dns().zone(), c.spec().dns().name(), oldIngress(c), newIngress(c));
    }

    static SwitchBack switchBack(MigrationSpec spec) {
        return new SwitchBack(spec.dns().zone(), spec.dns().name());
    }

    /** What caches may still keep is the old address with the lowered time to live. */
    static AwaitPropagation awaitPropagation(SagaContext c) {
        MigrationSpec.Dns dns = c.spec().dns();
        var cachedFor = c.reply("lower-ttl", TtlLowered.class).newTtl();
        return new AwaitPropagation(dns.zone(), dns.name(), newIngress(c), cachedFor);
    }

    static OpenTarget openTarget(SagaContext c) {
        return new OpenTarget(c.spec().target());
    }

    static VerifyLive verifyLive(SagaContext c) {
        return new VerifyLive(c.spec().target(), c.spec().dns().name());
    }

    private static Optional<HomesOptions> options(SagaContext c) {
        return c.spec().homes().options();
    }

    private static HomesRef oldHomes(SagaContext c) {
        return c.spec().homes().source();
    }

    private static HomesRef newHomes(SagaContext c) {
        return c.spec().homes().target();
    }

    private static IngressAddress oldIngress(SagaContext c) {
        return c.reply("check-source", SourceChecked.class).facts().ingress();
    }

    private static IngressAddress newIngress(SagaContext c) {
        return c.reply("smoke-test-target", TargetSmokeTested.class).ingress();
    }
}
