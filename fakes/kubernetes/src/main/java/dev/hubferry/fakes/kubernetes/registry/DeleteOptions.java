package dev.hubferry.fakes.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How something is deleted.
 *
 * @param graceSeconds empty: what the object itself says
 * @param uid "" for no precondition
 * @param resourceVersion "" for no precondition
 */
public record DeleteOptions(
        OptionalLong graceSeconds, Propagation propagation, String uid, String resourceVersion, boolean dryRun) {

    /** What becomes of the objects that the deleted one owns. */
    public enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    public static DeleteOptions standard() {
        return new DeleteOptions(OptionalLong.empty(), Propagation.BACKGROUND, "", "", false);
    }

    /** The object goes only after everything that it owns. */
    public static DeleteOptions foreground() {
        return new DeleteOptions(OptionalLong.empty(), Propagation.FOREGROUND, "", "", false);
    }

    /** Without any grace: the object is gone at once. */
    public static DeleteOptions now() {
        return new DeleteOptions(OptionalLong.of(0), Propagation.BACKGROUND, "", "", false);
    }

    /** From the body of a DELETE ({@code DeleteOptions}) and its query; the body wins. */
    public static DeleteOptions parse(JsonNode body, Map<String, String> query) {
        String grace = Json.has(body, "gracePeriodSeconds")
                ? Json.text(body, "gracePeriodSeconds")
                : query.getOrDefault("gracePeriodSeconds", "");
        String propagation = Json.has(body, "propagationPolicy")
                ? Json.text(body, "propagationPolicy")
                : query.getOrDefault("propagationPolicy", "Background");
        return new DeleteOptions(
                seconds(grace),
                propagation(propagation, body.path("orphanDependents").asBoolean()),
                Json.text(body, "preconditions", "uid"),
                Json.text(body, "preconditions", "resourceVersion"),
                "All".equals(query.get("dryRun"))
                        || Json.texts(body.path("dryRun")).contains("All"));
    }

    private static OptionalLong seconds(String text) {
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, Long.parseLong(text)));
        } catch (NumberFormatException e) {
            throw ApiFailure.badRequest("invalid gracePeriodSeconds: " + text);
        }
    }

    private static Propagation propagation(String text, boolean orphanDependents) {
        if (orphanDependents) {
            return Propagation.ORPHAN;
        }
        return switch (text) {
            case "Background" -> Propagation.BACKGROUND;
            case "Foreground" -> Propagation.FOREGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            default -> throw ApiFailure.badRequest("invalid propagationPolicy: " + text);
        };
    }
}
