package dev.hubferry.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the committed JSON Schemas with the records; {@code -Dhubferry.write-schemas=true} writes them anew, so that a change of the
 * wire format is seen in the diff.
 */
class SchemaTest {
    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @Test
    void committedSchemasEqualTheRecords() throws IOException {
        // Given
        Map<String, String> generated = generate();
        if (Boolean.getBoolean("hubferry.write-schemas")) {
            write(generated);
        }

        // When
        Set<String> committed;
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            committed = files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }

        // Then
        assertThat(committed).isEqualTo(generated.keySet());
        for (var schema : generated.entrySet()) {
            assertThat(Files.readString(SCHEMAS.resolve(schema.getKey())))
                    .as(schema.getKey())
                    .isEqualTo(schema.getValue());
        }
    }

    private static Map<String, String> generate() throws IOException {
        SchemaGenerator generator = WireSchemas.generator();
        Map<String, String> schemas = new TreeMap<>();
        for (var type : WireTypes.all().entrySet()) {
            ObjectNode schema = generator.generateSchema(type.getValue());
            schema.put("$id", "hubferry:" + type.getKey());
            schemas.put(type.getKey() + ".json", JSON.writeValueAsString(schema) + "\n");
        }
        for (Class<?> answer : RequestAnswer.class.getPermittedSubclasses()) {
            String name = answer.getAnnotation(WireType.class).value();
            ObjectNode schema = generator.generateSchema(answer);
            schema.put("$id", "hubferry:" + name);
            schemas.put(name + ".json", JSON.writeValueAsString(schema) + "\n");
        }
        ObjectNode claims = generator.generateSchema(RequestClaims.class);
        claims.put("$id", "hubferry:request-claims");
        schemas.put("request-claims.json", JSON.writeValueAsString(claims) + "\n");
        // No Body, for it is about no migration.
        String report = ConnectionReport.class.getAnnotation(WireType.class).value();
        ObjectNode connections = generator.generateSchema(ConnectionReport.class);
        connections.put("$id", "hubferry:" + report);
        schemas.put(report + ".json", JSON.writeValueAsString(connections) + "\n");
        ObjectNode spec = generator.generateSchema(MigrationSpec.class);
        spec.put("$id", "hubferry:migration-spec");
        schemas.put("migration-spec.json", JSON.writeValueAsString(spec) + "\n");
        return schemas;
    }

    private static void write(Map<String, String> generated) throws IOException {
        Files.createDirectories(SCHEMAS);
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (var schema : generated.entrySet()) {
            Files.writeString(SCHEMAS.resolve(schema.getKey()), schema.getValue());
        }
    }

    @Test
    void everySchemaNamesEveryComponentOfItsRecord() throws IOException {
        // Given
        Map<String, String> generated = generate();

        for (var type : WireTypes.all().entrySet()) {
            // When
            JsonNode schema = JSON.readTree(generated.get(type.getKey() + ".json"));

            // Then
            Set<String> components = Stream.of(type.getValue().getRecordComponents())
                    .map(component -> component.getName())
                    .collect(Collectors.toSet());
            Set<String> properties = new TreeSet<>();
            schema.path("properties").fieldNames().forEachRemaining(properties::add);
            assertThat(properties).as(type.getKey()).isEqualTo(components);
        }
    }
}
