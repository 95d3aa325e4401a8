package dev.hubferry.bench.participant;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.StorageCommand;

/** What commands have to themselves, the same as in the services. */
final class ExclusiveKeys {
    private ExclusiveKeys() {}

    static String of(Command command) {
        return switch (command) {
            case K8sCommand k8s -> hub(k8s).lockKey();
            case StorageCommand storage -> storage.target().lockKey();
            case DbCommand db -> db.target().lockKey();
            case DnsCommand dns -> "name:" + dns.zone() + ":" + dns.name();
        };
    }

    /** The hub that a command is about. */
    static HubRef hub(K8sCommand command) {
        return switch (command) {
            case K8sCommand.CheckSource c -> c.hub();
            case K8sCommand.CheckTarget c -> c.hub();
            case K8sCommand.HoldTarget c -> c.hub();
            case K8sCommand.ReleaseTarget c -> c.hub();
            case K8sCommand.CloseSource c -> c.hub();
            case K8sCommand.ReopenSource c -> c.hub();
            case K8sCommand.EvictUsers c -> c.hub();
            case K8sCommand.StopSourceHub c -> c.hub();
            case K8sCommand.StartSourceHub c -> c.hub();
            case K8sCommand.StartTargetHub c -> c.hub();
            case K8sCommand.StopTargetHub c -> c.hub();
            case K8sCommand.SmokeTestTarget c -> c.hub();
            case K8sCommand.ConfirmFence c -> c.source();
            case K8sCommand.OpenTarget c -> c.hub();
            case K8sCommand.VerifyLive c -> c.hub();
        };
    }
}
