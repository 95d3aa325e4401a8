package dev.hubferry.orchestrator.api.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the fields of a JSON object one by one; what is wrong is collected, and reading goes on. A field that was never asked for is
 * unknown: {@link #close} says so.
 */
public final class JsonFields {
    private final JsonNode object;
    private final String pointer;
    private final Errors errors;
    private final Set<String> asked = new TreeSet<>();

    private JsonFields(JsonNode object, String pointer, Errors errors) {
        this.object = object;
        this.pointer = pointer;
        this.errors = errors;
    }

    /** The whole body. */
    public static JsonFields of(JsonNode body, Errors errors) {
        if (!body.isObject()) {
            errors.add("", "the body is " + kind(body) + ", not an object", "send a JSON object");
        }
        return new JsonFields(body, "", errors);
    }

    /** A field with text that must be there. */
    public Optional<String> text(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            missing(name);
            return Optional.empty();
        }
        return text(value, pointerTo(name));
    }

    /** A field with text that may be left out. */
    public Optional<String> optionalText(String name) {
        JsonNode value = field(name);
        return value.isMissingNode() ? Optional.empty() : text(value, pointerTo(name));
    }

    /** A field with true or false that must be there. */
    public Optional<Boolean> bool(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            missing(name);
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            errors.add(pointerTo(name), "is " + kind(value) + ", not true or false", "use true or false");
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    /** A field with true or false that may be left out. */
    public Optional<Boolean> optionalBool(String name) {
        return field(name).isMissingNode() ? Optional.empty() : bool(name);
    }

    /** A field with a point in time that may be left out, such as {@code 2026-12-01T02:00:00Z}. */
    public Optional<Instant> optionalInstant(String name) {
        return optionalText(name).flatMap(text -> {
            Optional<Instant> read = Times.instant(text);
            if (read.isEmpty()) {
                errors.add(
                        pointerTo(name),
                        "'" + text + "' is no point in time of the years 1970 to 9999",
                        "write it with its offset, like 2026-12-01T02:00:00+01:00");
            }
            return read;
        });
    }

    /** A field that somebody else reads. */
    public Optional<JsonNode> optionalNode(String name) {
        JsonNode value = field(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    /** A field with an object that must be there; reads as empty when it is not. */
    public JsonFields object(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            missing(name);
        }
        return child(name, value);
    }

    /** A field with an object that may be left out. */
    public Optional<JsonFields> optionalObject(String name) {
        JsonNode value = field(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(child(name, value));
    }

    /** A field with a duration that may be left out, such as {@code PT5M} or {@code 300s}. */
    public Optional<Duration> optionalDuration(String name) {
        return optionalText(name).flatMap(text -> {
            Optional<Duration> read = Times.duration(text);
            if (read.isEmpty()) {
                errors.add(
                        pointerTo(name),
                        "'" + text + "' is no duration",
                        "write it like 300s, 5m, 2h or 7d, or in ISO 8601 like PT5M");
            }
            return read;
        });
    }

    /** A field with one of an enum's names that must be there. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return text(name).flatMap(text -> choice(text, pointerTo(name), type));
    }

    /** A field with one of an enum's names that may be left out. */
    public <E extends Enum<E>> Optional<E> optionalChoice(String name, Class<E> type) {
        return optionalText(name).flatMap(text -> choice(text, pointerTo(name), type));
    }

    /** A field with a list of an enum's names that may be left out. */
    public <E extends Enum<E>> List<E> optionalChoices(String name, Class<E> type) {
        List<E> read = new ArrayList<>();
        for (Item item : items(name)) {
            text(item.value(), item.pointer())
                    .flatMap(text -> choice(text, item.pointer(), type))
                    .ifPresent(read::add);
        }
        return read;
    }

    /**
     * A field with a list of texts that may be left out; each is kept as it is, with the blanks around it.
     *
     * @param check its {@link IllegalArgumentException} is what is wrong with one
     */
    public List<String> optionalTexts(String name, String remedy, Consumer<String> check) {
        List<String> read = new ArrayList<>();
        for (Item item : items(name)) {
            JsonNode value = item.value();
            if (!value.isTextual()) {
                errors.add(item.pointer(), "is " + kind(value) + ", not text", "write it in quotes");
            } else if (isFit(value.textValue(), item.pointer())) {
                try {
                    check.accept(value.textValue());
                    read.add(value.textValue());
                } catch (IllegalArgumentException e) {
                    errors.add(item.pointer(), String.valueOf(e.getMessage()), remedy);
                }
            }
        }
        return read;
    }

    /** A field with a whole number that must be there, and between two others. */
    public OptionalLong whole(String name, long least, long most) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            missing(name);
            return OptionalLong.empty();
        }
        boolean fits = value.isIntegralNumber() && value.canConvertToLong();
        if (!fits || value.longValue() < least || value.longValue() > most) {
            String is = value.isNumber() ? "is " + value.asText() : "is " + kind(value);
            errors.add(pointerTo(name), is + ", not a whole number from " + least + " to " + most, "correct it");
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.longValue());
    }

    /** What {@code make} makes of a text; its {@link IllegalArgumentException} is what is wrong. */
    public <T> Optional<T> made(String name, Optional<String> text, String remedy, Function<String, T> make) {
        return text.flatMap(value -> {
            try {
                return Optional.of(make.apply(value));
            } catch (IllegalArgumentException e) {
                errors.add(pointerTo(name), String.valueOf(e.getMessage()), remedy);
                return Optional.empty();
            }
        });
    }

    /** Something about a field that only its reader can tell. */
    public void wrong(String name, String detail, String remedy) {
        errors.add(pointerTo(name), detail, remedy);
    }

    /** To be called when all known fields were asked for. */
    public void close() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                String remedy = Suggestions.nearest(name, asked)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("leave it out; known are " + String.join(", ", asked));
                errors.add(pointerTo(name), "'" + name + "' is not known here", remedy);
            }
        });
    }

    private record Item(JsonNode value, String pointer) {}

    /** Of a list that may be left out. */
    private List<Item> items(String name) {
        JsonNode values = field(name);
        List<Item> items = new ArrayList<>();
        if (!values.isMissingNode() && !values.isArray()) {
            errors.add(pointerTo(name), "is " + kind(values) + ", not a list", "write it like [\"…\"]");
            return items;
        }
        for (int i = 0; i < values.size(); i++) {
            items.add(new Item(values.get(i), pointerTo(name) + "/" + i));
        }
        return items;
    }

    private JsonFields child(String name, JsonNode value) {
        if (!value.isObject() && !value.isMissingNode()) {
            errors.add(pointerTo(name), "is " + kind(value) + ", not an object", "write it like {\"…\": …}");
        }
        // Of what is no object every field would be missing; that the whole is wrong was said already.
        return new JsonFields(value, pointerTo(name), value.isObject() ? errors : new Errors());
    }

    private JsonNode field(String name) {
        asked.add(name);
        JsonNode value = object.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private Optional<String> text(JsonNode value, String at) {
        if (!value.isTextual()) {
            errors.add(at, "is " + kind(value) + ", not text", "write it in quotes");
            return Optional.empty();
        }
        if (value.textValue().isBlank()) {
            errors.add(at, "is empty", "fill it in");
            return Optional.empty();
        }
        return isFit(value.textValue(), at) ? Optional.of(value.textValue().strip()) : Optional.empty();
    }

    private boolean isFit(String text, String at) {
        OptionalInt unfit = text.codePoints().filter(JsonFields::isUnfit).findFirst();
        unfit.ifPresent(character -> errors.add(at, "has the character U+%04X".formatted(character), "leave it out"));
        return unfit.isEmpty();
    }

    /** The database keeps no NUL and no half of a pair, and other control characters have no place in a log. */
    private static boolean isUnfit(int character) {
        boolean breaksLine = character == '\n' || character == '\r' || character == '\t';
        int type = Character.getType(character);
        return type == Character.SURROGATE || (type == Character.CONTROL && !breaksLine);
    }

    private <E extends Enum<E>> Optional<E> choice(String text, String at, Class<E> type) {
        Set<String> names = new TreeSet<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return Optional.of(constant);
            }
            names.add(constant.name());
        }
        String remedy = Suggestions.nearest(text, names)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("use one of " + String.join(", ", names));
        errors.add(at, "'" + text + "' is not known", remedy);
        return Optional.empty();
    }

    private void missing(String name) {
        errors.add(pointerTo(name), "is missing", "add it");
    }

    private String pointerTo(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "text";
            case BINARY, MISSING, NULL, POJO -> "nothing";
        };
    }
}
