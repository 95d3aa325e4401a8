package dev.hubferry.orchestrator.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Base64;
import java.util.List;

/** The outside of JSON web tokens; verifies nothing. */
final class Jwt {
    private static final int PARTS = 3;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Jwt() {}

    /** Whether it is three parts, the first of which is a JSON object; a token of the file hardly ever is. */
    static boolean isOne(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        try {
            return parts.size() == PARTS && object(parts.getFirst()).isObject();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException when it is none */
    static JsonNode claims(String token) {
        return object(token.split("\\.", -1)[1]);
    }

    private static JsonNode object(String part) {
        try {
            return MAPPER.readTree(new String(Base64.getUrlDecoder().decode(part), UTF_8));
        } catch (JsonProcessingException e) {
            // Without the cause: its message may have a part of the token.
            throw new IllegalArgumentException("no JSON");
        }
    }
}
