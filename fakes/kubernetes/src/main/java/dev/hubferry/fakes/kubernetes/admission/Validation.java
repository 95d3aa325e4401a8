package dev.hubferry.fakes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.ApiFailure.Cause;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.store.LabelSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses, with 422 and every cause, what the API server refuses of the objects a hub is made of. */
public final class Validation {

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;

    private final List<Cause> causes = new ArrayList<>();

    private Validation() {}

    public static void check(ResourceType type, ObjectNode object) {
        Validation validation = new Validation();
        validation.metadata(type, object.path("metadata"));
        JsonNode spec = object.path("spec");
        switch (type.kind()) {
            case "Pod" -> validation.podSpec("spec", spec);
            case "Service" -> validation.service(spec);
            case "PersistentVolume" -> validation.volume(spec);
            case "PersistentVolumeClaim" -> validation.claim(spec);
            case "Deployment", "ReplicaSet" -> validation.workload(spec);
            default -> {
                // metadata is all that can be wrong with the remaining kinds
            }
        }
        if (!validation.causes.isEmpty()) {
            throw ApiFailure.invalid(type, Json.text(object, "metadata", "name"), validation.causes);
        }
    }

    private void metadata(ResourceType type, JsonNode metadata) {
        String name = Json.text(metadata, "name");
        boolean labelOnly = "Service".equals(type.kind()) || "Namespace".equals(type.kind());
        if (name.isEmpty()) {
            causes.add(Cause.required("metadata.name", "name or generateName is required"));
        } else if (name.length() > (labelOnly ? LONGEST_LABEL : LONGEST_NAME)
                || !(labelOnly ? LABEL : SUBDOMAIN).matcher(name).matches()) {
            causes.add(Cause.invalid(
                    "metadata.name",
                    name,
                    "a lowercase RFC 1123 name must consist of lower case letters, digits, '-'"));
        }
        for (Map.Entry<String, String> label :
                Json.textMap(metadata.path("labels")).entrySet()) {
            String value = label.getValue();
            if (value.length() > LONGEST_LABEL || !LABEL_VALUE.matcher(value).matches()) {
                causes.add(Cause.invalid(
                        "metadata.labels",
                        value,
                        "a valid label must be an empty string or consist of"
                                + " alphanumeric characters, '-', '_' or '.'"));
            }
        }
    }

    private void podSpec(String path, JsonNode spec) {
        JsonNode containers = spec.path("containers");
        if (containers.isEmpty()) {
            causes.add(Cause.required(path + ".containers", ""));
        }
        Set<String> names = new HashSet<>();
        Set<String> volumes = new HashSet<>();
        spec.path("volumes").forEach(volume -> volumes.add(Json.text(volume, "name")));
        for (int i = 0; i < containers.size(); i++) {
            container("%s.containers[%d]".formatted(path, i), containers.get(i), names, volumes);
        }
        String restart = Json.text(spec, "restartPolicy");
        if (!Set.of("Always", "OnFailure", "Never").contains(restart)) {
            causes.add(new Cause(
                    "FieldValueNotSupported", "Unsupported value: \"" + restart + "\"", path + ".restartPolicy"));
        }
    }

    private void container(String path, JsonNode container, Set<String> names, Set<String> volumes) {
        String name = Json.text(container, "name");
        if (name.isEmpty()) {
            causes.add(Cause.required(path + ".name", ""));
        } else if (!LABEL.matcher(name).matches()) {
            causes.add(Cause.invalid(path + ".name", name, "a lowercase RFC 1123 label is required"));
        } else if (!names.add(name)) {
            causes.add(Cause.duplicate(path + ".name", name));
        }
        if (Json.text(container, "image").isEmpty()) {
            causes.add(Cause.required(path + ".image", ""));
        }
        mounts(path, container.path("volumeMounts"), volumes);
    }

    private void mounts(String path, JsonNode mounts, Set<String> volumes) {
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            JsonNode mount = mounts.get(i);
            String at = "%s.volumeMounts[%d]".formatted(path, i);
            if (!volumes.contains(Json.text(mount, "name"))) {
                causes.add(new Cause(
                        "FieldValueNotFound", "Not found: \"" + Json.text(mount, "name") + "\"", at + ".name"));
            }
            if (Json.text(mount, "mountPath").isEmpty()) {
                causes.add(Cause.required(at + ".mountPath", ""));
            } else if (!paths.add(Json.text(mount, "mountPath"))) {
                causes.add(Cause.invalid(at + ".mountPath", Json.text(mount, "mountPath"), "must be unique"));
            }
        }
    }

    private void service(JsonNode spec) {
        boolean headless = "None".equals(Json.text(spec, "clusterIP"));
        boolean external = "ExternalName".equals(Json.text(spec, "type"));
        if (!headless && !external && spec.path("ports").isEmpty()) {
            causes.add(Cause.required("spec.ports", ""));
        }
        boolean several = spec.path("ports").size() > 1;
        for (int i = 0; i < spec.path("ports").size(); i++) {
            JsonNode port = spec.path("ports").get(i);
            String at = "spec.ports[%d]".formatted(i);
            if (port.path("port").asInt() < 1 || port.path("port").asInt() > 65535) {
                causes.add(
                        Cause.invalid(at + ".port", Json.text(port, "port"), "must be between 1 and 65535, inclusive"));
            }
            if (several && Json.text(port, "name").isEmpty()) {
                causes.add(Cause.required(at + ".name", ""));
            }
        }
    }

    private void volume(JsonNode spec) {
        if (!Json.has(spec, "capacity", "storage")) {
            causes.add(Cause.required("spec.capacity", ""));
        }
        if (spec.path("accessModes").isEmpty()) {
            causes.add(Cause.required("spec.accessModes", ""));
        }
        if (Set.of("nfs", "hostPath", "local", "csi").stream().noneMatch(spec::has)) {
            causes.add(Cause.required("spec", "must specify a volume type"));
        }
        if (spec.has("nfs")) {
            List.of("server", "path").forEach(field -> {
                if (Json.text(spec, "nfs", field).isEmpty()) {
                    causes.add(Cause.required("spec.nfs." + field, ""));
                }
            });
        }
    }

    private void claim(JsonNode spec) {
        if (spec.path("accessModes").isEmpty()) {
            causes.add(Cause.required("spec.accessModes", "at least 1 access mode is required"));
        }
        if (!Json.has(spec, "resources", "requests", "storage")) {
            causes.add(Cause.required("spec.resources[storage]", ""));
        }
    }

    private void workload(JsonNode spec) {
        if (spec.path("replicas").asInt() < 0) {
            causes.add(
                    Cause.invalid("spec.replicas", Json.text(spec, "replicas"), "must be greater than or equal to 0"));
        }
        LabelSelector selector = LabelSelector.ofObject(spec.path("selector"));
        if (selector.isEverything()) {
            causes.add(Cause.required("spec.selector", ""));
        } else if (!selector.matches(spec.path("template"))) {
            causes.add(Cause.invalid(
                    "spec.template.metadata.labels",
                    Json.at(spec, "template", "metadata", "labels").toString(),
                    "`selector` does not match template `labels`"));
        }
        podSpec("spec.template.spec", Json.at(spec, "template", "spec"));
    }
}
