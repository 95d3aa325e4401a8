package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names one migration: lower-case letters, digits and dashes, at most 40 characters, so that it fits labels, paths and topics' keys. */
public record MigrationId(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    @JsonCreator
    public MigrationId {
        Require.text(value, "migration id");
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "migration id must be 1 to 40 of a-z, 0-9 and '-', not starting with '-', but was '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
