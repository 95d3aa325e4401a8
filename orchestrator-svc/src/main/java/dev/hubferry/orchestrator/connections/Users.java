package dev.hubferry.orchestrator.connections;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.Participant;
import java.util.List;

/** Which service uses and knows which kind of connection, and where each is configured with it. */
final class Users {
    private Users() {}

    static List<Participant> of(ConnectionKind kind) {
        return switch (kind) {
            case CLUSTER -> List.of(Participant.K8S, Participant.DB);
            case STORAGE -> List.of(Participant.STORAGE);
            case ZONE -> List.of(Participant.DNS);
            case OTHER -> List.of();
        };
    }

    /** Those that have to be configured with a name of that kind, be it that they only know what others mean by it. */
    static List<Participant> knowing(ConnectionKind kind) {
        return kind == ConnectionKind.STORAGE ? List.of(Participant.STORAGE, Participant.K8S) : of(kind);
    }

    static String serviceName(Participant service) {
        return switch (service) {
            case STORAGE -> "storage-svc";
            case K8S -> "k8s-svc";
            case DB -> "db-transfer-svc";
            case DNS -> "dns-svc";
        };
    }

    /** The service's key for its connections of a kind. */
    static String keyOf(Participant service, ConnectionKind kind) {
        return switch (service) {
            case STORAGE -> "hubferry.storage.connections";
            case K8S -> kind == ConnectionKind.STORAGE ? "hubferry.k8s.storages" : "hubferry.k8s.clusters";
            case DB -> "hubferry.db.clusters";
            case DNS -> "hubferry.dns.zones";
        };
    }

    /** The orchestrator's key for names of a kind. */
    static String keyOf(ConnectionKind kind) {
        return switch (kind) {
            case CLUSTER -> "hubferry.connections.clusters";
            case STORAGE -> "hubferry.connections.storages";
            case ZONE -> "hubferry.connections.zones";
            case OTHER -> "hubferry.connections";
        };
    }
}
