package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one migration: lower-case letters, digits and dashes, at most 40 characters, so that it fits labels, paths and topics' keys. */
public record MigrationId(@JsonValue String value) {
    private static final int LONGEST = 40;

    @JsonCreator
    public MigrationId {
        Require.text(value, "migration id");
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "migration id must be 1 to 40 of a-z, 0-9 and '-', not starting with '-', but was '" + value + "'");
        }
    }

    /** By hand, since an id is made for every message and every row. */
    private static boolean isWellFormed(String value) {
        if (value.length() > LONGEST || value.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
