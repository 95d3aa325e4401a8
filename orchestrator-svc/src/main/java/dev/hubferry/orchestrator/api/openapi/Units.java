package dev.hubferry.orchestrator.api.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Says in which unit a field counts, by its format and its name; where a field says more itself, that stays. */
final class Units {
    /** The first that fits. */
    private static final Map<Pattern, String> BY_NAME = byName();

    private Units() {}

    static void describe(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        if (schemas != null) {
            schemas.values().forEach(Units::describe);
        }
    }

    private static void describe(Schema schema) {
        if (schema.getDescription() == null) {
            describe("", schema);
        }
        Map<String, Schema> properties = schema.getProperties();
        if (properties != null) {
            properties.forEach((name, property) -> {
                if (property.getDescription() == null && property.getRef() == null) {
                    describe(name, property);
                }
            });
        }
    }

    private static void describe(String name, Schema property) {
        if ("duration".equals(property.getFormat())) {
            property.setDescription("a duration by ISO 8601, such as PT5M; in requests also 300s, 5m, 2h or 7d");
        } else if ("date-time".equals(property.getFormat())) {
            property.setDescription("a point in time by ISO 8601, in UTC, such as 2026-12-01T02:00:00Z");
        } else if (property.getType() != null
                && (property.getType().contains(Schema.SchemaType.INTEGER)
                        || property.getType().contains(Schema.SchemaType.NUMBER))) {
            BY_NAME.entrySet().stream()
                    .filter(unit -> unit.getKey().matcher(name).find())
                    .findFirst()
                    .ifPresent(unit -> property.setDescription(unit.getValue()));
        }
    }

    private static Map<Pattern, String> byName() {
        Map<Pattern, String> units = new LinkedHashMap<>();
        units.put(Pattern.compile("(?i)perSecond$"), "bytes a second");
        units.put(Pattern.compile("(?i)bytes"), "in bytes");
        units.put(Pattern.compile("(?i)seconds$"), "in seconds");
        units.put(Pattern.compile("(?i)percent"), "in percent, 0 to 100");
        units.put(Pattern.compile("(?i)ttl"), "in seconds");
        return units;
    }
}
