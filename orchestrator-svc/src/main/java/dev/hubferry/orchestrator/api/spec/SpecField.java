package dev.hubferry.orchestrator.api.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people should know of a field of a spec.
 *
 * @param path names from the spec down, such as {@code homes.source.path}
 * @param meaning a part of a sentence, or several sentences
 * @param form how it is written
 * @param required whether it must be there, within an object that is there
 * @param fallback what it is, as it would be written in JSON, when it is left out; empty when there is nothing then
 * @param choices what it may be, each with its meaning; empty when that is not a matter of choice
 */
public record SpecField(
        String path,
        String meaning,
        Form form,
        boolean required,
        Optional<String> fallback,
        Map<String, String> choices) {

    /** How a field is written. */
    public enum Form {
        OBJECT("an object"),
        TEXT("text"),
        TEXTS("a list of texts"),
        CHOICE("one word"),
        CHOICES("a list of words"),
        NUMBER("a whole number"),
        FLAG("true or false"),
        /** Such as {@code 300s} or {@code PT5M}. */
        DURATION("a duration"),
        /** Such as {@code 2026-12-05T02:00:00+01:00}. */
        TIME("a point in time");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static SpecField required(String path, Form form, String meaning) {
        return new SpecField(path, meaning, form, true, Optional.empty(), Map.of());
    }

    static SpecField optional(String path, Form form, String meaning) {
        return new SpecField(path, meaning, form, false, Optional.empty(), Map.of());
    }

    /** With what it is when it is left out. */
    SpecField or(String json) {
        return new SpecField(path, meaning, form, required, Optional.of(json), choices);
    }

    /** With what it may be. */
    SpecField of(Map<String, String> values) {
        return new SpecField(path, meaning, form, required, fallback, values);
    }

    /** The path's names. */
    public List<String> names() {
        return List.of(path.split("\\."));
    }

    /** Its place in a spec, as an RFC 6901 pointer. */
    public String pointer() {
        return "/" + path.replace('.', '/');
    }
}
