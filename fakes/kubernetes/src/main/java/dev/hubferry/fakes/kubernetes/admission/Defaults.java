package dev.hubferry.fakes.kubernetes.admission;

import static dev.hubferry.fakes.kubernetes.model.Json.ensureObject;
import static dev.hubferry.fakes.kubernetes.model.Json.putIfAbsent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Fills in what the API server fills in, so that a stored object reads as a real one does. */
public final class Defaults {

    /** The class that claims get when they name none, and that makes volumes on demand. */
    public static final String STORAGE_CLASS = "standard";

    private Defaults() {}

    /** Changes the object in place. */
    public static void apply(ResourceType type, ObjectNode object) {
        switch (type.kind()) {
            case "Namespace" -> namespace(object);
            case "Pod" -> pod(ensureObject(object, "spec"));
            case "Service" -> service(ensureObject(object, "spec"));
            case "Secret" -> secret(object);
            case "PersistentVolume" -> volume(ensureObject(object, "spec"));
            case "PersistentVolumeClaim" -> claim(ensureObject(object, "spec"));
            case "Deployment" -> deployment(ensureObject(object, "spec"));
            case "ReplicaSet" -> workload(ensureObject(object, "spec"));
            default -> {
                // the remaining kinds are stored as they come
            }
        }
    }

    private static void namespace(ObjectNode object) {
        Json.putIfAbsent(
                ensureObject(object, "spec"), "finalizers", Json.array().add("kubernetes"));
        ensureObject(object, "metadata", "labels")
                .put("kubernetes.io/metadata.name", Json.text(object, "metadata", "name"));
    }

    private static void pod(ObjectNode spec) {
        putIfAbsent(spec, "restartPolicy", "Always");
        putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
        putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
        putIfAbsent(spec, "serviceAccountName", "default");
        putIfAbsent(spec, "schedulerName", "default-scheduler");
        putIfAbsent(spec, "securityContext", Json.object());
        Json.objects(spec.path("containers")).forEach(Defaults::container);
        Json.objects(spec.path("initContainers")).forEach(Defaults::container);
        Json.objects(spec.path("volumes")).forEach(Defaults::podVolume);
    }

    private static void container(ObjectNode container) {
        String image = Json.text(container, "image");
        boolean latest = image.endsWith(":latest")
                || !image.substring(image.lastIndexOf('/') + 1).contains(":");
        putIfAbsent(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
        putIfAbsent(container, "terminationMessagePolicy", "File");
        putIfAbsent(container, "resources", Json.object());
        Json.objects(container.path("ports")).forEach(port -> putIfAbsent(port, "protocol", "TCP"));
    }

    private static void podVolume(ObjectNode volume) {
        if (volume.get("secret") instanceof ObjectNode secret) {
            putIfAbsent(secret, "defaultMode", 0644);
        }
        if (volume.get("configMap") instanceof ObjectNode configMap) {
            putIfAbsent(configMap, "defaultMode", 0644);
        }
        if (volume.size() == 1) {
            volume.putObject("emptyDir");
        }
    }

    private static void service(ObjectNode spec) {
        putIfAbsent(spec, "type", "ClusterIP");
        putIfAbsent(spec, "sessionAffinity", "None");
        if (!"ExternalName".equals(Json.text(spec, "type"))) {
            putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
            putIfAbsent(spec, "ipFamilyPolicy", "SingleStack");
            putIfAbsent(spec, "ipFamilies", Json.array().add("IPv4"));
        }
        if ("LoadBalancer".equals(Json.text(spec, "type")) || "NodePort".equals(Json.text(spec, "type"))) {
            putIfAbsent(spec, "externalTrafficPolicy", "Cluster");
        }
        if ("LoadBalancer".equals(Json.text(spec, "type"))) {
            putIfAbsent(spec, "allocateLoadBalancerNodePorts", JsonNodeFactory.instance.booleanNode(true));
        }
        Json.objects(spec.path("ports")).forEach(port -> {
            putIfAbsent(port, "protocol", "TCP");
            if (port.has("port")) {
                putIfAbsent(port, "targetPort", port.get("port"));
            }
        });
    }

    private static void secret(ObjectNode object) {
        putIfAbsent(object, "type", "Opaque");
        if (object.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = ensureObject(object, "data");
            plain.properties()
                    .forEach(entry ->
                            data.put(entry.getKey(), base64(entry.getValue().asText())));
        }
    }

    private static void volume(ObjectNode spec) {
        putIfAbsent(spec, "persistentVolumeReclaimPolicy", "Retain");
        putIfAbsent(spec, "volumeMode", "Filesystem");
    }

    private static void claim(ObjectNode spec) {
        putIfAbsent(spec, "volumeMode", "Filesystem");
        putIfAbsent(spec, "storageClassName", STORAGE_CLASS);
    }

    private static void deployment(ObjectNode spec) {
        workload(spec);
        putIfAbsent(spec, "revisionHistoryLimit", 10);
        putIfAbsent(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = ensureObject(spec, "strategy");
        putIfAbsent(strategy, "type", "RollingUpdate");
        if ("RollingUpdate".equals(Json.text(strategy, "type"))) {
            ObjectNode rolling = ensureObject(strategy, "rollingUpdate");
            putIfAbsent(rolling, "maxUnavailable", "25%");
            putIfAbsent(rolling, "maxSurge", "25%");
        }
    }

    private static void workload(ObjectNode spec) {
        putIfAbsent(spec, "replicas", 1);
        JsonNode template = Json.at(spec, "template", "spec");
        if (template instanceof ObjectNode podSpec) {
            pod(podSpec);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
