package dev.hubferry.contracts;

/**
 * A body with its envelope.
 *
 * @param <T> what the body is
 */
public record Message<T extends Body>(Envelope envelope, T body) {
    public Message {
        Require.present(envelope, "envelope");
        Require.present(body, "body");
        String expected = WireTypes.nameOf(body.getClass());
        if (!envelope.type().equals(expected)) {
            throw new IllegalArgumentException(
                    "the envelope says type '" + envelope.type() + "', but the body is a '" + expected + "'");
        }
    }
}
