package dev.hubferry.cli.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Trees of JSON: a server may be newer, so that nothing is bound to classes and what is unknown stays out of the way. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static JsonNode read(String text) throws IOException {
        JsonNode node = MAPPER.readTree(text);
        return node == null ? MAPPER.missingNode() : node;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode missing() {
        return MAPPER.missingNode();
    }

    /** Indented, for people. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /**
     * The elements of an array as the text has them, each without line breaks.
     *
     * @param field of the object that {@code text} is
     */
    public static List<String> elements(String text, String field) throws IOException {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = field.equals(parser.currentName());
                if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
                    addElements(parser, text, elements);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return elements;
    }

    private static void addElements(JsonParser parser, String text, List<String> elements) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getCharOffset();
            // No string of JSON holds a line break as it is.
            elements.add(text.substring(begin, end).replaceAll("[\\r\\n]+", " "));
        }
    }
}
