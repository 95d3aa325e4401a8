package dev.hubferry.simulation.world;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.simulation.protocol.Act;
import dev.hubferry.simulation.protocol.UseCases;
import java.util.List;

/** The use cases of all participants, under the exclusive keys that their services give them. */
public final class Participants implements UseCases {
    private final K8sWork k8s;
    private final StorageWork storage;
    private final DbWork db;
    private final DnsWork dns;

    public Participants(World world, StorageWork storage, DnsWork dns) {
        this.k8s = new K8sWork(world);
        this.storage = storage;
        this.db = new DbWork(world);
        this.dns = dns;
    }

    @Override
    public List<Act> of(Command command) {
        return switch (command) {
            case K8sCommand c -> k8s.of(c);
            case StorageCommand c -> storage.of(c);
            case DbCommand c -> db.of(c);
            case DnsCommand c -> dns.of(c);
        };
    }

    @Override
    public String exclusiveKey(Command command) {
        return switch (command) {
            case K8sCommand c -> hubOf(c);
            case StorageCommand _ -> "homes";
            case DbCommand _ -> "target database";
            case DnsCommand c ->
                switch (c) {
                    case DnsCommand.LowerTtl _,
                            DnsCommand.RestoreTtl _,
                            DnsCommand.SwitchRecord _,
                            DnsCommand.SwitchBack _ -> "zone";
                    case DnsCommand.CheckZone _, DnsCommand.AwaitPropagation _ -> "name";
                };
        };
    }

    /** The hub that is changed; of two hubs, the one that users are on. */
    private static String hubOf(K8sCommand command) {
        return switch (command) {
            case K8sCommand.CheckSource _,
                    K8sCommand.CloseSource _,
                    K8sCommand.ReopenSource _,
                    K8sCommand.EvictUsers _,
                    K8sCommand.StopSourceHub _,
                    K8sCommand.StartSourceHub _,
                    K8sCommand.ConfirmFence _ -> "source hub";
            case K8sCommand.CheckTarget _,
                    K8sCommand.HoldTarget _,
                    K8sCommand.ReleaseTarget _,
                    K8sCommand.StartTargetHub _,
                    K8sCommand.StopTargetHub _,
                    K8sCommand.SmokeTestTarget _,
                    K8sCommand.OpenTarget _,
                    K8sCommand.VerifyLive _ -> "target hub";
        };
    }
}
