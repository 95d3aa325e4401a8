package dev.hubferry.orchestrator.script;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.contracts.UserReceipt;
import dev.hubferry.contracts.UserReceipts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What participants answer when everything goes well. */
public final class Answers {
    public static final IngressAddress OLD = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.10");
    /** Homes of the source in the order of their users' activity. */
    public static final List<String> ACTIVE =
            IntStream.range(0, 30).mapToObj(i -> "user" + i).toList();

    public static final IngressAddress NEW = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.20");

    /** The zone as it is read back when the time to live was restored; no other answer shows it so. */
    public static final List<DnsRecord> RESTORED =
            List.of(new DnsRecord("astro", "A", NEW.value(), 3600, OptionalInt.empty()));

    private Answers() {}

    /** @param oldTtl what the hub's record has before it is lowered */
    public static Reply to(Command command, Instant now, Duration oldTtl) {
        return switch (command) {
            case K8sCommand k8s -> to(k8s, now);
            case StorageCommand storage -> to(storage, now);
            case DbCommand db -> to(db);
            case DnsCommand dns -> to(dns, now, oldTtl);
        };
    }

    private static Reply to(K8sCommand command, Instant now) {
        return switch (command) {
            case K8sCommand.CheckSource _ -> new K8sReply.SourceChecked(facts(OLD), ACTIVE);
            case K8sCommand.CheckTarget _ -> new K8sReply.TargetChecked(facts(NEW));
            case K8sCommand.HoldTarget _ -> new K8sReply.TargetHeld();
            case K8sCommand.ReleaseTarget _ -> new K8sReply.TargetReleased(true);
            case K8sCommand.CloseSource _ -> new K8sReply.SourceClosed(now);
            case K8sCommand.ReopenSource _ -> new K8sReply.SourceReopened(true);
            case K8sCommand.EvictUsers _ -> new K8sReply.UsersEvicted(3);
            case K8sCommand.StopSourceHub _ -> new K8sReply.SourceHubStopped();
            case K8sCommand.StartSourceHub _ -> new K8sReply.SourceHubStarted(true);
            case K8sCommand.StartTargetHub _ -> new K8sReply.TargetHubStarted();
            case K8sCommand.StopTargetHub _ -> new K8sReply.TargetHubStopped(true);
            case K8sCommand.SmokeTestTarget test -> new K8sReply.TargetSmokeTested("5.2.1", test.users(), NEW);
            case K8sCommand.ConfirmFence _ -> new K8sReply.FenceConfirmed();
            case K8sCommand.OpenTarget _ -> new K8sReply.TargetOpened(now);
            case K8sCommand.VerifyLive _ -> new K8sReply.TargetLive(200);
        };
    }

    private static Reply to(StorageCommand command, Instant now) {
        return switch (command) {
            case StorageCommand.CheckHomes _ ->
                new StorageReply.HomesChecked(60, 7_000, 120_000_000, 900_000_000, 1_000_000, List.of());
            case StorageCommand.OpenRoute _ -> new StorageReply.RouteOpened("SHA256:abc");
            case StorageCommand.CloseRoute _ -> new StorageReply.RouteClosed(true);
            case StorageCommand.SeedHomes _ ->
                new StorageReply.HomesSeeded(
                        List.of(new PassReport(1, PassReport.Kind.SEED, now, now, 7_000, 6_500, 120_000_000, 0)));
            case StorageCommand.SyncFinal _ ->
                new StorageReply.HomesSynced(new PassReport(2, PassReport.Kind.FINAL, now, now, 7_010, 25, 90_000, 4));
            case StorageCommand.VerifyHomes _ ->
                new StorageReply.HomesVerified(new Receipt(
                        60,
                        7_010,
                        120_090_000,
                        6_520,
                        "0f".repeat(32),
                        OptionalLong.of(6_500),
                        OptionalLong.of(20),
                        Optional.of(UserReceipts.pack(
                                List.of(new UserReceipt("ada", 120, 100, 2_000_000, "0e".repeat(32)))))));
            case StorageCommand.ConfirmQuiet _ -> new StorageReply.SourceQuiet(7_010);
        };
    }

    private static Reply to(DbCommand command) {
        return switch (command) {
            case DbCommand.CheckDatabase _ ->
                new DbReply.DatabaseChecked(
                        "sqlite-pvc",
                        "651f5419b74d",
                        61,
                        200_704,
                        0,
                        List.of(new Notice("cookie_secret", "The secrets differ: users have to log in again.")));
            case DbCommand.TransferDatabase _ ->
                new DbReply.DatabaseTransferred(61, 200_704, "aa".repeat(32), "bb".repeat(32), "651f5419b74d");
            case DbCommand.RestoreTargetDatabase _ -> new DbReply.TargetDatabaseRestored(true);
        };
    }

    private static Reply to(DnsCommand command, Instant now, Duration oldTtl) {
        return switch (command) {
            case DnsCommand.CheckZone _ -> new DnsReply.ZoneChecked(record(OLD, oldTtl), zone(OLD, oldTtl), List.of());
            case DnsCommand.LowerTtl lower -> new DnsReply.TtlLowered(oldTtl, lower.ttl(), now);
            case DnsCommand.RestoreTtl _ -> new DnsReply.TtlRestored(true, Optional.of(RESTORED));
            case DnsCommand.SwitchRecord to ->
                new DnsReply.RecordSwitched(zone(to.from(), oldTtl), zone(to.to(), oldTtl));
            case DnsCommand.SwitchBack _ -> new DnsReply.RecordSwitchedBack(true, Optional.of(zone(OLD, oldTtl)));
            case DnsCommand.AwaitPropagation _ -> new DnsReply.Propagated(List.of("ns1.example.org/192.0.2.53"));
        };
    }

    /** The whole zone while the hub's record leads to an address. */
    public static List<DnsRecord> zone(IngressAddress address, Duration ttl) {
        return List.of(record(address, ttl));
    }

    private static DnsRecord record(IngressAddress address, Duration ttl) {
        return new DnsRecord("astro", "A", address.value(), ttl.toSeconds(), OptionalInt.empty());
    }

    private static HubFacts facts(IngressAddress ingress) {
        return new HubFacts(
                "astro",
                "quay.io/jupyterhub/k8s-hub:3.3.8",
                "4.1.6",
                "10.0.0.5",
                "/export/homes/astro",
                ingress,
                2,
                List.of());
    }
}
