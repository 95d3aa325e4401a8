package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Makes JSON Schemas of the records as they are on the wire. */
final class WireSchemas {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** What messages from before it was told do not have. */
    private static final Set<String> TOLD_SINCE_LATER = Set.of("MigrationRequested.rows", "StepFailed.category");

    private WireSchemas() {}

    /** As the schemas are kept, with what is used twice in {@code $defs}. */
    static SchemaGenerator generator() {
        return new SchemaGenerator(config().build());
    }

    /** As {@link #generator}, whole in itself, with a description of every component that has one. */
    static SchemaGenerator describing(Descriptions descriptions) {
        SchemaGeneratorConfigBuilder config = config().with(Option.INLINE_ALL_SCHEMAS);
        config.forFields()
                .withDescriptionResolver(field -> descriptions
                        .ofComponent(field.getDeclaringType().getErasedType(), field.getDeclaredName())
                        .orElse(null));
        return new SchemaGenerator(config.build());
    }

    private static SchemaGeneratorConfigBuilder config() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                .with(Option.FLATTENED_OPTIONALS);
        config.forFields().withRequiredCheck(WireSchemas::isRequired);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider((type, context) -> plain(type.getErasedType())
                        .map(definition -> new CustomDefinition(
                                context.getGeneratorConfig().createObjectNode().setAll(definition)))
                        .orElse(null));
        return config;
    }

    private static boolean isRequired(FieldScope field) {
        Class<?> type = field.getType().getErasedType();
        Class<?> owner = field.getDeclaringType().getErasedType();
        boolean hasDefault = owner.getName().contains("MigrationSpec");
        boolean later = TOLD_SINCE_LATER.contains(owner.getSimpleName() + "." + field.getDeclaredName());
        return type != Optional.class
                && type != OptionalInt.class
                && type != OptionalLong.class
                && !hasDefault
                && !later;
    }

    /** Types whose JSON is one string or number although their record has a component. */
    private static Optional<ObjectNode> plain(Class<?> type) {
        if (type == Instant.class) {
            return Optional.of(string().put("format", "date-time"));
        }
        if (type == Duration.class) {
            return Optional.of(string().put("format", "duration"));
        }
        if (type == OptionalInt.class || type == OptionalLong.class) {
            return Optional.of(JSON.createObjectNode().put("type", "integer"));
        }
        boolean oneValue = type.isRecord()
                && Stream.of(type.getDeclaredFields()).anyMatch(field -> field.isAnnotationPresent(JsonValue.class));
        return oneValue ? Optional.of(string()) : Optional.empty();
    }

    private static ObjectNode string() {
        return JSON.createObjectNode().put("type", "string");
    }
}
