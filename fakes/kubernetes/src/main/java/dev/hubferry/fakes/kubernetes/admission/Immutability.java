package dev.hubferry.fakes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.ApiFailure.Cause;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Refuses, with 422, a change of what cannot be changed after creation. */
public final class Immutability {

    private static final String IMMUTABLE = "field is immutable";

    private final ObjectNode before;
    private final ObjectNode after;
    private final List<Cause> causes = new ArrayList<>();

    private Immutability(ObjectNode before, ObjectNode after) {
        this.before = before;
        this.after = after;
    }

    public static void check(ResourceType type, ObjectNode before, ObjectNode after) {
        Immutability immutability = new Immutability(before, after);
        switch (type.kind()) {
            case "Pod" -> immutability.pod();
            case "Service" -> immutability.service();
            case "Deployment", "ReplicaSet" -> immutability.fixed("spec.selector", "spec", "selector");
            case "PersistentVolume" -> immutability.volume();
            case "PersistentVolumeClaim" -> immutability.claim();
            case "Secret" -> {
                immutability.fixed("type", "type");
                immutability.frozen();
            }
            case "ConfigMap" -> immutability.frozen();
            default -> {
                // everything may change in the remaining kinds
            }
        }
        if (!immutability.causes.isEmpty()) {
            throw ApiFailure.invalid(type, Json.text(before, "metadata", "name"), immutability.causes);
        }
    }

    /** Of a pod's spec only images and a few deadlines may change. */
    private void pod() {
        if (!lasting(before).equals(lasting(after))) {
            causes.add(
                    Cause.forbidden(
                            "spec",
                            "pod updates may not change fields other than"
                                    + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                                    + "`spec.tolerations` (only additions to existing tolerations),"
                                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"));
        }
    }

    private static JsonNode lasting(ObjectNode pod) {
        ObjectNode spec = Json.ensureObject(pod.deepCopy(), "spec");
        spec.remove(List.of("activeDeadlineSeconds", "tolerations"));
        Json.objects(spec.path("containers")).forEach(container -> container.remove("image"));
        Json.objects(spec.path("initContainers")).forEach(container -> container.remove("image"));
        return spec;
    }

    private void service() {
        boolean stays = !"ExternalName".equals(Json.text(before, "spec", "type"))
                && !"ExternalName".equals(Json.text(after, "spec", "type"));
        if (stays && Json.has(before, "spec", "clusterIP")) {
            fixed("spec.clusterIP", "spec", "clusterIP");
        }
    }

    private void volume() {
        for (String source : List.of("nfs", "hostPath", "local", "csi")) {
            if (!Json.at(before, "spec", source).equals(Json.at(after, "spec", source))) {
                causes.add(Cause.forbidden(
                        "spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation"));
            }
        }
    }

    private void claim() {
        ObjectNode was = Json.ensureObject(before.deepCopy(), "spec");
        ObjectNode is = Json.ensureObject(after.deepCopy(), "spec");
        List.of(was, is).forEach(spec -> spec.remove("resources"));
        if (!Json.has(was, "volumeName")) {
            is.remove("volumeName");
        }
        if (!was.equals(is)) {
            causes.add(Cause.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims"));
        }
    }

    private void frozen() {
        boolean changed = !before.path("data").equals(after.path("data"))
                || !before.path("binaryData").equals(after.path("binaryData"))
                || !after.path("immutable").asBoolean();
        if (before.path("immutable").asBoolean() && changed) {
            causes.add(Cause.forbidden("data", "field is immutable when `immutable` is set"));
        }
    }

    private void fixed(String field, String... path) {
        if (!Json.at(before, path).equals(Json.at(after, path))) {
            causes.add(Cause.invalid(field, Json.at(after, path).toString(), IMMUTABLE));
        }
    }
}
