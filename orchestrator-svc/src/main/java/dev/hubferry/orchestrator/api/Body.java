package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.orchestrator.api.limit.BodyLimit;
import dev.hubferry.orchestrator.api.problem.ProblemException;

/**
 * A request's body, as it came: JSON or YAML, with the same meaning. Parameters of this type are filled by {@link BodyReader}.
 *
 * @param bytes at most {@link BodyLimit#BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares bodies.
public record Body(byte[] bytes, Format format) {
    /** How it is written. */
    public enum Format {
        JSON,
        YAML
    }

    /** @throws ProblemException 400 saying where it stops being JSON or YAML */
    public JsonNode parse() {
        return switch (format) {
            case JSON -> JsonBody.parse(bytes);
            case YAML -> YamlBody.parse(bytes);
        };
    }
}
