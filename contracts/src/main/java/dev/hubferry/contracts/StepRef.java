package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One attempt at a step of a saga, forward or back.
 *
 * @param name the step's name in the definition, such as {@code close-source}
 * @param direction whether the step is done or undone
 * @param attempt counts from 1
 */
public record StepRef(String name, Direction direction, int attempt) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,59}");

    public StepRef {
        Require.text(name, "step name");
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "step name must be lower-case words with dashes, but was '" + name + "'");
        }
        Require.present(direction, "direction");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt counts from 1, but was " + attempt);
        }
    }

    /** Whether a step, gate or timer may be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Which way a step goes. */
    public enum Direction {
        DO,
        UNDO;

        @JsonValue
        public String wireName() {
            return switch (this) {
                case DO -> "do";
                case UNDO -> "undo";
            };
        }
    }
}
