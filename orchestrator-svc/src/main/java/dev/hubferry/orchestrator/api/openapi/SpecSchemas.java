package dev.hubferry.orchestrator.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.orchestrator.api.spec.SpecField;
import dev.hubferry.orchestrator.api.spec.SpecFields;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Says in the schemas of a spec what {@link SpecFields} says. */
final class SpecSchemas {
    private static final String ROOT = "MigrationSpec";
    private static final String REFERENCE = "#/components/schemas/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Schema> schemas;

    private SpecSchemas(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    static void describe(OpenAPI document) {
        SpecSchemas all = new SpecSchemas(document.getComponents().getSchemas());
        SpecFields.all().forEach(all::describe);
    }

    /** @throws IllegalStateException when the schemas have no such field */
    private void describe(SpecField field) {
        List<String> names = field.names();
        Schema object = schema(ROOT);
        for (String name : names.subList(0, names.size() - 1)) {
            object = schema(reference(property(object, name, field)));
        }
        Schema property = property(object, names.getLast(), field);
        property.setDescription(words(field));
        field.fallback().ifPresent(json -> property.setDefaultValue(value(json)));
        List<String> required = object.getRequired();
        if (field.required() && (required == null || !required.contains(names.getLast()))) {
            object.addRequired(names.getLast());
        }
    }

    private static String words(SpecField field) {
        if (field.choices().isEmpty()) {
            return field.meaning();
        }
        StringBuilder words = new StringBuilder(field.meaning());
        field.choices()
                .forEach((word, meaning) ->
                        words.append("\n- ").append(word).append(": ").append(meaning));
        return words.toString();
    }

    private Schema schema(String name) {
        Schema schema = schemas.get(name);
        if (schema == null) {
            throw new IllegalStateException("the document has no schema " + name);
        }
        return schema;
    }

    private static Schema property(Schema object, String name, SpecField field) {
        Schema property = object.getProperties().get(name);
        if (property == null) {
            throw new IllegalStateException("no schema has " + field.path());
        }
        return property;
    }

    /** Of what must be there directly, of what may be left out among {@code anyOf}. */
    private static String reference(Schema property) {
        String reference = property.getRef() != null
                ? property.getRef()
                : property.getAnyOf().stream()
                        .map(Schema::getRef)
                        .filter(ref -> ref != null)
                        .findFirst()
                        .orElseThrow();
        return reference.substring(REFERENCE.length());
    }

    private static Object value(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + json, e);
        }
    }
}
