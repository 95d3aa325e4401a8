package dev.hubferry.messaging;

/** This run of a command must not act any more: another replica may have taken it over, or the service stops. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason why the lease is lost, for the log */
    public LeaseLostException(String reason) {
        super(reason);
    }
}
