package dev.hubferry.orchestrator.api.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.api.spec.SpecField.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a spec's fields is what the reader does with them. */
class SpecFieldsTest {
    private static final Path PAGE = Path.of("../docs/spec.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every field is in it, and none has the value that it has when it is left out. */
    private static final String WHOLE = """
            {"name": "astro", "soak": "2h", "priority": "HIGH",
             "source": {"cluster": "old", "namespace": "astro", "release": "hub-0"},
             "target": {"cluster": "new", "namespace": "astro", "release": "hub-1"},
             "homes": {"source": {"storage": "nfs-old", "path": "/export/homes/astro"},
                       "target": {"storage": "nfs-new", "path": "/export/homes/astro"},
                       "existing": "ADOPT_OWN", "exclude": [".cache"], "ownership": {"uid": 1000, "gid": 100},
                       "consents": ["LOSE_ACLS"]},
             "database": {"consents": ["LOSE_AUTH_STATE"]},
             "dns": {"zone": "example", "name": "astro.example.org", "cutoverTtl": "1m"},
             "cutover": {"start": "2026-12-05T02:00:00+01:00", "end": "2026-12-05T04:00:00+01:00", "maxDowntime": "30m",
                         "finalPassBudget": "10m", "onTrouble": "PARK", "onLateWrites": "COPY_AGAIN"},
             "approvals": {"expiry": "3d", "fourEyes": true}}
            """;

    private final SpecReader reader = new SpecReader(
            new KnownConnections(Set.of("old", "new"), Set.of("nfs-old", "nfs-new"), Set.of("example")),
            Clock.fixed(Instant.parse("2026-11-26T10:00:00Z"), ZoneOffset.UTC));

    static List<SpecField> fields() {
        return SpecFields.all();
    }

    @Test
    void eachFieldOfTheSpecIsThere() {
        assertThat(fields().stream().map(SpecField::path))
                .containsExactlyInAnyOrderElementsOf(paths("", MigrationSpec.class));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void isRequiredWhenItSaysSo(SpecField field) {
        // When
        SpecReader.Read read = reader.read(without(field));

        // Then
        boolean missing = read instanceof SpecReader.Read.Invalid invalid
                && invalid.errors().stream()
                        .anyMatch(error -> error.pointer().equals("#" + field.pointer())
                                && error.detail().equals("is missing"));
        assertThat(missing).as("%s: %s", field.path(), read).isEqualTo(field.required());
        if (!field.required()) {
            assertThat(read).as(field.path()).isInstanceOf(SpecReader.Read.Valid.class);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void isWhatItSaysWhenItIsLeftOut(SpecField field) {
        field.fallback().ifPresent(json -> {
            MigrationSpec said = valid(with(field, read(json)));
            assertThat(said).as(field.path()).isEqualTo(valid(without(field)));
            assertThat(said).as("%s is tried", field.path()).isNotEqualTo(valid(read(WHOLE)));
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void mayBeWhatItSays(SpecField field) {
        boolean chosen = field.form() == Form.CHOICE || field.form() == Form.CHOICES;
        assertThat(field.choices().isEmpty()).as(field.path()).isEqualTo(!chosen);
        for (String word : field.choices().keySet()) {
            assertThat(valid(with(field, value(field, word)))).isNotNull();
        }
        if (chosen) {
            assertThat(remedyFor(field)).contains(field.choices().keySet());
        }
    }

    @Test
    void thePageSaysWhatTheFieldsSay() throws IOException {
        // When
        String text = new SpecPage(fields(), example()).text();
        if (Boolean.getBoolean("hubferry.write-docs")) {
            Files.writeString(PAGE, text);
        }

        // Then
        assertThat(Files.readString(PAGE))
                .as("docs/spec.md; -Dhubferry.write-docs=true writes it anew")
                .isEqualTo(text);
    }

    /** What the reader offers in the place of a word that is not like any. */
    private String remedyFor(SpecField field) {
        SpecReader.Read read = reader.read(with(field, value(field, "@@@@@@@@@@@@@@@@@@")));
        assertThat(read).isInstanceOf(SpecReader.Read.Invalid.class);
        return ((SpecReader.Read.Invalid) read).errors().getFirst().remedy();
    }

    private static JsonNode value(SpecField field, String word) {
        return field.form() == Form.CHOICES
                ? JSON.createArrayNode().add(word)
                : JSON.getNodeFactory().textNode(word);
    }

    private MigrationSpec valid(JsonNode spec) {
        return switch (reader.read(spec)) {
            case SpecReader.Read.Valid valid -> valid.spec();
            case SpecReader.Read.Invalid invalid -> throw new AssertionError(spec + ": " + invalid.errors());
        };
    }

    private static JsonNode without(SpecField field) {
        ObjectNode spec = (ObjectNode) read(WHOLE);
        holder(spec, field).remove(field.names().getLast());
        return spec;
    }

    private static JsonNode with(SpecField field, JsonNode value) {
        ObjectNode spec = (ObjectNode) read(WHOLE);
        holder(spec, field).set(field.names().getLast(), value);
        return spec;
    }

    private static ObjectNode holder(ObjectNode spec, SpecField field) {
        String pointer = field.pointer();
        return (ObjectNode) spec.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static List<String> paths(String prefix, Class<?> type) {
        List<String> paths = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + component.getName();
            paths.add(path);
            records(component.getGenericType()).forEach(inner -> paths.addAll(paths(path + ".", inner)));
        }
        return paths;
    }

    /** The record that a component is, or may be. */
    private static Stream<Class<?>> records(Type type) {
        return switch (type) {
            case Class<?> one when one.isRecord() -> Stream.of(one);
            case ParameterizedType of ->
                Arrays.stream(of.getActualTypeArguments()).flatMap(SpecFieldsTest::records);
            default -> Stream.of();
        };
    }

    private static String example() {
        try (InputStream example =
                SpecFieldsTest.class.getResourceAsStream("/openapi/requests/requestMigration.yaml")) {
            return new String(example.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
