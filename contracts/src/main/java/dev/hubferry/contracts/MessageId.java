package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one message; a message that comes again has the same id, and is then handled once. */
public record MessageId(@JsonValue String value) {
    @JsonCreator
    public MessageId {
        Require.text(value, "message id");
        if (value.length() > 200) {
            throw new IllegalArgumentException("message id is longer than 200 characters: '" + value + "'");
        }
    }

    /** The id of a step's command: the same step, direction and attempt always give the same id. */
    public static MessageId ofCommand(MigrationId migration, StepRef step) {
        return new MessageId(
                "%s/%s/%s/%d".formatted(migration, step.name(), step.direction().wireName(), step.attempt()));
    }

    /** The id of the reply to a command: a command has one reply. */
    public static MessageId ofReplyTo(MessageId command) {
        return new MessageId(command.value() + "/reply");
    }

    /** The id of an event of a migration, wherever it is published. */
    public static MessageId ofEvent(MigrationId migration, long sequence) {
        return new MessageId("%s/event/%d".formatted(migration, sequence));
    }

    @Override
    public String toString() {
        return value;
    }
}
