package dev.hubferry.simulation.protocol;

/** Another run has the command. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message, null, false, false);
    }
}
