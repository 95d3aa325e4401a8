package dev.hubferry.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The objects that a chart makes.
 *
 * @param text as Helm wrote it
 */
record Rendered(String text, List<JsonNode> objects) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Rendered of(String text) {
        List<JsonNode> objects = new ArrayList<>();
        for (Object each : yaml().loadAll(text)) {
            if (each != null) {
                objects.add(JSON.valueToTree(each));
            }
        }
        return new Rendered(text, List.copyOf(objects));
    }

    static JsonNode parse(String yaml) {
        Object read = yaml().load(yaml);
        return read == null ? MissingNode.getInstance() : JSON.valueToTree(read);
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(each -> each.path("kind").textValue().equals(kind));
    }

    JsonNode one(String kind, String name) {
        return ofKind(kind)
                .filter(each -> name(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no " + kind + " " + name + " among "
                        + objects.stream().map(Rendered::title).toList()));
    }

    /** Templates of pods, and pods, with the object they are in. */
    Stream<JsonNode> pods() {
        return Stream.concat(ofKind("Deployment").map(each -> each.at("/spec/template")), ofKind("Pod"));
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String title(JsonNode object) {
        return object.path("kind").asText() + " " + name(object);
    }

    static Stream<JsonNode> each(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements.stream();
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }
}
