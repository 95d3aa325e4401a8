package dev.hubferry.k8s.domain.check;

import dev.hubferry.k8s.domain.cluster.Access;
import java.util.List;
import java.util.stream.Stream;

/** Every verb that the steps use, so that a missing one is found before anything is changed. */
public final class RequiredAccess {
    private static final String CORE = "";
    private static final String APPS = "apps";
    private static final String NETWORKING = "networking.k8s.io";
    private static final String EVERYWHERE = "";

    private RequiredAccess() {}

    /** check-source, close-source, evict-users, stop-source-hub, confirm-fence, and their undos. */
    public static List<Access> toSource(String hub, String ingress) {
        return Stream.concat(
                        toAny(hub, ingress),
                        Stream.of(
                                new Access("create", CORE, "services", hub),
                                new Access("delete", CORE, "services", hub)))
                .toList();
    }

    /** check-target, hold-target, start-target-hub, smoke-test-target, open-target, verify-live, and their undos. */
    public static List<Access> toTarget(String hub, String ingress) {
        return Stream.concat(
                        toAny(hub, ingress),
                        Stream.of(new Access("create", CORE, "pods", hub), new Access("get", CORE, "pods/log", hub)))
                .toList();
    }

    private static Stream<Access> toAny(String hub, String ingress) {
        return Stream.of(
                // what there is
                new Access("list", APPS, "deployments", hub),
                new Access("get", APPS, "deployments", hub),
                new Access("list", CORE, "services", hub),
                new Access("get", CORE, "services", hub),
                new Access("list", CORE, "pods", hub),
                new Access("get", CORE, "pods", hub),
                new Access("list", CORE, "persistentvolumeclaims", hub),
                new Access("get", CORE, "secrets", hub),
                new Access("get", CORE, "configmaps", hub),
                new Access("list", NETWORKING, "ingresses", hub),
                new Access("list", CORE, "services", ingress),
                // who mounts the homes, whatever it is called and wherever it runs
                new Access("list", CORE, "pods", EVERYWHERE),
                new Access("list", CORE, "persistentvolumes", EVERYWHERE),
                // the way in, the hub, the users
                new Access("patch", CORE, "services", hub),
                new Access("get", APPS, "deployments/scale", hub),
                new Access("update", APPS, "deployments/scale", hub),
                new Access("delete", CORE, "pods", hub),
                // a WebSocket is a GET; since Kubernetes 1.35 it needs create, too
                new Access("get", CORE, "pods/portforward", hub),
                new Access("create", CORE, "pods/portforward", hub));
    }
}
