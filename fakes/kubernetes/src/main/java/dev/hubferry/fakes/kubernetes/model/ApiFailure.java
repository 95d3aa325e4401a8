package dev.hubferry.fakes.kubernetes.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that is answered with a failure Status. */
public final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiFailure(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /**
     * One thing that is wrong with an object.
     *
     * @param reason such as {@code FieldValueRequired}
     * @param field path such as {@code spec.containers[0].name}
     */
    public record Cause(String reason, String message, String field) {

        public static Cause required(String field, String why) {
            return new Cause("FieldValueRequired", "Required value" + (why.isEmpty() ? "" : ": " + why), field);
        }

        public static Cause invalid(String field, String value, String why) {
            return new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field);
        }

        public static Cause duplicate(String field, String value) {
            return new Cause("FieldValueDuplicate", "Duplicate value: \"" + value + "\"", field);
        }

        public static Cause forbidden(String field, String why) {
            return new Cause("FieldValueForbidden", "Forbidden: " + why, field);
        }
    }

    public static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message, Json.object());
    }

    public static ApiFailure unauthorized() {
        return new ApiFailure(401, "Unauthorized", "Unauthorized", Json.object());
    }

    public static ApiFailure forbidden(ResourceType type, String name, String why) {
        return new ApiFailure(403, "Forbidden", named(type, name) + " is forbidden: " + why, details(type, name));
    }

    /** For what no kind is known of: reviews and paths outside the API. */
    public static ApiFailure forbidden(String message) {
        return new ApiFailure(403, "Forbidden", message, Json.object());
    }

    public static ApiFailure notFound(ResourceType type, String name) {
        return new ApiFailure(404, "NotFound", named(type, name) + " not found", details(type, name));
    }

    public static ApiFailure noSuchPath() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    public static ApiFailure methodNotAllowed() {
        return new ApiFailure(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    public static ApiFailure alreadyExists(ResourceType type, String name) {
        return new ApiFailure(409, "AlreadyExists", named(type, name) + " already exists", details(type, name));
    }

    public static ApiFailure conflict(ResourceType type, String name, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s: %s".formatted(named(type, name), why),
                details(type, name));
    }

    public static ApiFailure stale(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** A resourceVersion or continue token that the bounded history no longer reaches. */
    public static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message, Json.object());
    }

    public static ApiFailure unsupportedMediaType(String contentType) {
        return new ApiFailure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json,"
                        + " application/strategic-merge-patch+json, application/apply-patch+yaml; got " + contentType,
                Json.object());
    }

    public static ApiFailure invalid(ResourceType type, String name, List<Cause> causes) {
        ObjectNode details = details(type, name);
        details.put("kind", type.kind());
        ArrayNode list = details.putArray("causes");
        causes.forEach(cause -> list.addObject()
                .put("reason", cause.reason())
                .put("message", cause.message())
                .put("field", cause.field()));
        String what = causes.size() == 1
                ? told(causes.getFirst())
                : causes.stream().map(ApiFailure::told).collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
        return new ApiFailure(422, "Invalid", "%s \"%s\" is invalid: %s".formatted(kind, name, what), details);
    }

    /** A JSON patch that does not fit the object. */
    public static ApiFailure unprocessable(String message) {
        return new ApiFailure(422, "Invalid", message, Json.object());
    }

    public static ApiFailure tooManyRequests(long retryAfterSeconds) {
        return new ApiFailure(
                429,
                "TooManyRequests",
                "the server has received too many requests and has asked us to try again later",
                Json.object().put("retryAfterSeconds", retryAfterSeconds));
    }

    public static ApiFailure internal(String message) {
        return new ApiFailure(500, "InternalError", "Internal error occurred: " + message, Json.object());
    }

    public static ApiFailure ofServer(int code, String message) {
        return new ApiFailure(code, code == 503 ? "ServiceUnavailable" : "InternalError", message, Json.object());
    }

    public int code() {
        return code;
    }

    /** The Status object that a client gets. */
    public ObjectNode toStatus() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    private static String told(Cause cause) {
        return cause.field() + ": " + cause.message();
    }

    private static String named(ResourceType type, String name) {
        return name.isEmpty() ? type.qualifiedName() : "%s \"%s\"".formatted(type.qualifiedName(), name);
    }

    private static ObjectNode details(ResourceType type, String name) {
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }
}
