package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import java.util.Map;

/** A whole JSON answer. */
public record Reply(int status, JsonNode body, Map<String, String> headers) {

    public static Reply ok(JsonNode body) {
        return new Reply(200, body, Map.of());
    }

    public static Reply created(JsonNode body) {
        return new Reply(201, body, Map.of());
    }

    public static Reply of(ApiFailure failure) {
        JsonNode status = failure.toStatus();
        JsonNode retryAfter = status.path("details").path("retryAfterSeconds");
        return new Reply(
                failure.code(),
                status,
                retryAfter.isMissingNode() ? Map.of() : Map.of("Retry-After", retryAfter.asText()));
    }
}
