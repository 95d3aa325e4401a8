package dev.hubferry.orchestrator.page.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.orchestrator.api.spec.SpecError;
import dev.hubferry.orchestrator.page.form.Field.Option;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * A spec as somebody fills it in.
 *
 * @param values what is in the fields, by their pointers
 * @param errors what is wrong with it
 */
public record SpecForm(List<Group> groups, Map<String, List<String>> values, List<SpecError> errors) {
    public SpecForm {
        groups = List.copyOf(groups);
        errors = List.copyOf(errors);
    }

    /** An error with the field where it can be corrected; an empty id when there is none. */
    public record Placed(String id, String label, SpecError error) {}

    public static SpecForm empty(List<Group> groups) {
        return new SpecForm(groups, Map.of(), List.of());
    }

    public static SpecForm typed(List<Group> groups, MultivaluedMap<String, String> form) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        fields(groups).forEach(field -> {
            List<String> given = form.getOrDefault(field.pointer(), List.of());
            values.put(
                    field.pointer(),
                    field.kind() == Field.Kind.LINES
                            ? given.stream().flatMap(String::lines).toList()
                            : given);
        });
        return new SpecForm(groups, values, List.of());
    }

    /** Of a spec as it is written; what the form has no field for is not in it. */
    public static SpecForm of(List<Group> groups, JsonNode spec) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        fields(groups).forEach(field -> {
            JsonNode value = spec.at(field.pointer());
            if (value.isArray()) {
                values.put(
                        field.pointer(),
                        StreamSupport.stream(value.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList());
            } else if (value.isValueNode() && !value.isNull()) {
                values.put(field.pointer(), List.of(value.asText()));
            }
        });
        return new SpecForm(groups, values, List.of());
    }

    public SpecForm with(List<SpecError> found) {
        return new SpecForm(groups, values, found);
    }

    /** The spec; fields that are empty are left out. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Field field : fields(groups)) {
            List<String> given = values.getOrDefault(field.pointer(), List.of()).stream()
                    .filter(value -> !value.isBlank())
                    .toList();
            if (!given.isEmpty()) {
                put(json, field, given);
            } else if (field.required()) {
                // What is missing is missed where it belongs, not with all that is around it.
                var unused = parent(json, field);
            }
        }
        return json;
    }

    private static void put(ObjectNode json, Field field, List<String> given) {
        ObjectNode parent = parent(json, field);
        String name = field.pointer().substring(field.pointer().lastIndexOf('/') + 1);
        switch (field.kind()) {
            case TEXT, SELECT -> parent.put(name, given.getFirst());
            case WHOLE -> putWhole(parent, name, given.getFirst().strip());
            case FLAG -> parent.put(name, true);
            case CHECKS, LINES -> {
                ArrayNode list = parent.putArray(name);
                given.forEach(list::add);
            }
        }
    }

    private static ObjectNode parent(ObjectNode json, Field field) {
        ObjectNode parent = json;
        String path = field.pointer().substring(0, field.pointer().lastIndexOf('/'));
        for (String name : List.of(path.split("/", -1))) {
            parent = name.isEmpty() ? parent : parent.withObjectProperty(name);
        }
        return parent;
    }

    /** What is no number stays text, and is complained of like any other value that is wrong. */
    private static void putWhole(ObjectNode parent, String name, String given) {
        try {
            parent.put(name, Long.parseLong(given));
        } catch (NumberFormatException e) {
            parent.put(name, given);
        }
    }

    public String value(Field field) {
        return String.join("\n", values.getOrDefault(field.pointer(), List.of()));
    }

    public boolean has(Field field, String value) {
        return values.getOrDefault(field.pointer(), List.of()).contains(value);
    }

    /** What can be chosen, and what is there already, which may be none of it. */
    public List<Option> options(Field field) {
        List<Option> options = new ArrayList<>(field.options());
        values.getOrDefault(field.pointer(), List.of()).stream()
                .filter(value ->
                        options.stream().noneMatch(option -> option.value().equals(value)))
                .forEach(value -> options.add(new Option(value, value)));
        return options;
    }

    public List<SpecError> errors(Field field) {
        return errors.stream()
                .filter(error -> place(error).id().equals(field.id()))
                .toList();
    }

    /** Whether a group has to be seen though it is folded. */
    public boolean open(Group group) {
        return !group.folded()
                || group.fields().stream()
                        .anyMatch(field ->
                                !value(field).isBlank() || !errors(field).isEmpty());
    }

    public List<Placed> placed() {
        return errors.stream().map(this::place).toList();
    }

    /** What belongs to a whole object is shown at its first field, and what belongs to an element at its list. */
    private Placed place(SpecError error) {
        String pointer = error.pointer().substring(1);
        return field(at -> pointer.equals(at) || pointer.startsWith(at + "/"), error)
                .or(() -> field(at -> at.startsWith(pointer + "/"), error))
                .orElseGet(() -> new Placed("", pointer, error));
    }

    private Optional<Placed> field(Predicate<String> at, SpecError error) {
        return groups.stream()
                .flatMap(group -> group.fields().stream()
                        .filter(field -> at.test(field.pointer()))
                        .map(field -> new Placed(field.id(), group.legend() + ": " + field.label(), error)))
                .findFirst();
    }

    private static List<Field> fields(List<Group> groups) {
        return groups.stream().flatMap(group -> group.fields().stream()).toList();
    }
}
