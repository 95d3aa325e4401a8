package dev.hubferry.fakes.kubernetes.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.ResourceType.Shape;
import java.util.List;
import java.util.Optional;

/** The table of kinds that the fake serves. */
public final class ResourceTypes {

    private static final Shape PLAIN = new Shape(true, false, false, false);
    private static final Shape WITH_STATUS = new Shape(true, true, false, false);
    private static final Shape WORKLOAD = new Shape(true, true, true, true);
    private static final Shape CLUSTER_WIDE = new Shape(false, true, false, false);

    public static final ResourceType NAMESPACES = core("Namespace", "namespaces", CLUSTER_WIDE, "ns");
    public static final ResourceType PODS = core("Pod", "pods", WITH_STATUS, "po");
    public static final ResourceType SERVICES = core("Service", "services", WITH_STATUS, "svc");
    public static final ResourceType SECRETS = core("Secret", "secrets", PLAIN);
    public static final ResourceType CONFIG_MAPS = core("ConfigMap", "configmaps", PLAIN, "cm");
    public static final ResourceType SERVICE_ACCOUNTS = core("ServiceAccount", "serviceaccounts", PLAIN, "sa");
    public static final ResourceType EVENTS = core("Event", "events", PLAIN, "ev");
    public static final ResourceType PERSISTENT_VOLUMES =
            core("PersistentVolume", "persistentvolumes", CLUSTER_WIDE, "pv");
    public static final ResourceType PERSISTENT_VOLUME_CLAIMS =
            core("PersistentVolumeClaim", "persistentvolumeclaims", WITH_STATUS, "pvc");
    public static final ResourceType DEPLOYMENTS = apps("Deployment", "deployments", "deploy");
    public static final ResourceType REPLICA_SETS = apps("ReplicaSet", "replicasets", "rs");

    private static final List<ResourceType> ALL = List.of(
            NAMESPACES,
            PODS,
            SERVICES,
            SECRETS,
            CONFIG_MAPS,
            SERVICE_ACCOUNTS,
            EVENTS,
            PERSISTENT_VOLUMES,
            PERSISTENT_VOLUME_CLAIMS,
            DEPLOYMENTS,
            REPLICA_SETS);

    private ResourceTypes() {}

    public static List<ResourceType> all() {
        return ALL;
    }

    public static Optional<ResourceType> find(String group, String version, String plural) {
        return ALL.stream()
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    /** The type that an object's own {@code apiVersion} and {@code kind} name. */
    public static ResourceType of(JsonNode object) {
        return ALL.stream()
                .filter(type -> type.apiVersion().equals(Json.text(object, "apiVersion"))
                        && type.kind().equals(Json.text(object, "kind")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no such kind here: " + Json.text(object, "apiVersion") + " " + Json.text(object, "kind")));
    }

    private static ResourceType core(String kind, String plural, Shape shape, String... shortNames) {
        return new ResourceType("", "v1", kind, plural, List.of(shortNames), shape);
    }

    private static ResourceType apps(String kind, String plural, String... shortNames) {
        return new ResourceType("apps", "v1", kind, plural, List.of(shortNames), WORKLOAD);
    }
}
