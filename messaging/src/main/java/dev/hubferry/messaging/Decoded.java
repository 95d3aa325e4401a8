package dev.hubferry.messaging;

import dev.hubferry.contracts.Message;

/** What became of a record. */
public sealed interface Decoded {
    /** A message of a type that this version knows. */
    record Known(Message<?> message) implements Decoded {}

    /**
     * A record that is no message, is malformed, or is of a type that this version does not know.
     *
     * @param reason one sentence for whoever looks at the dead letters
     */
    record Undecodable(String reason) implements Decoded {}
}
