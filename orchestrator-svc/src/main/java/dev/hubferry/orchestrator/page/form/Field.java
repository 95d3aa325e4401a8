package dev.hubferry.orchestrator.page.form;

import java.util.List;

/**
 * A field of a spec.
 *
 * @param pointer its JSON Pointer, which is also its name in the form
 * @param hint what to write; empty when that is plain
 * @param options what can be chosen; the first one is taken when none is
 */
public record Field(String pointer, String label, String hint, Kind kind, boolean required, List<Option> options) {
    /** How it is filled in, and what it becomes in JSON. */
    public enum Kind {
        TEXT,
        WHOLE,
        SELECT,
        CHECKS,
        LINES,
        FLAG
    }

    /** @param value empty for what the spec leaves out */
    public record Option(String value, String label) {}

    public Field {
        options = List.copyOf(options);
    }

    static Field text(String pointer, String label, String hint) {
        return new Field(pointer, label, hint, Kind.TEXT, false, List.of());
    }

    Field needed() {
        return new Field(pointer, label, hint, kind, true, options);
    }

    public String id() {
        return "f" + pointer.replace('/', '-');
    }
}
