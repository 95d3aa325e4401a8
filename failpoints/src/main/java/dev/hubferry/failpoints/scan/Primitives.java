package dev.hubferry.failpoints.scan;

import java.util.List;
import java.util.Set;

/** The calls by which services write something down or send something. Whoever finds another way to do that adds it here. */
final class Primitives {
    private record Call(String ownerPrefix, Set<String> names) {
        boolean is(MethodId method) {
            return method.owner().startsWith(ownerPrefix) && names.contains(method.name());
        }
    }

    private static final List<Call> ALL = List.of(
            // The service's own database.
            new Call("dev/hubferry/messaging/Transactions", Set.of("inTransaction", "runInTransaction")),
            new Call("dev/hubferry/orchestrator/saga/MigrationStore", Set.of("inTransaction")),
            new Call("javax/sql/DataSource", Set.of("getConnection")),
            new Call("java/sql/DriverManager", Set.of("getConnection")),
            // Kafka.
            new Call("org/apache/kafka/clients/producer/", Set.of("send")),
            new Call("org/eclipse/microprofile/reactive/messaging/Emitter", Set.of("send")),
            // Kubernetes.
            new Call(
                    "io/fabric8/kubernetes/client/",
                    Set.of(
                            "create",
                            "createOr",
                            "createOrReplace",
                            "delete",
                            "edit",
                            "editStatus",
                            "evict",
                            "exec",
                            "patch",
                            "patchStatus",
                            "raw",
                            "replace",
                            "scale",
                            "serverSideApply",
                            "update",
                            "updateStatus",
                            "upload")),
            new Call("dev/hubferry/db/adapter/kubernetes/RoomScript", Set.of("ask")),
            new Call("dev/hubferry/db/adapter/kubernetes/RoomCommands", Set.of("run")),
            // Hosts.
            new Call("dev/hubferry/storage/adapter/ssh/RemoteShell", Set.of("run", "require", "start")),
            new Call("dev/hubferry/storage/adapter/ssh/RunDirectory", Set.of("require", "put")),
            new Call("net/schmizz/sshj/connection/channel/direct/Session", Set.of("exec", "startShell")),
            // Providers.
            new Call("dev/hubferry/dns/adapter/namecheap/NamecheapApi$Call", Set.of("send")),
            new Call("java/net/http/HttpClient", Set.of("send", "sendAsync")),
            new Call("io/vertx/core/http/HttpClientRequest", Set.of("send", "end")));

    private Primitives() {}

    static boolean isOne(MethodId called) {
        return ALL.stream().anyMatch(call -> call.is(called));
    }
}
