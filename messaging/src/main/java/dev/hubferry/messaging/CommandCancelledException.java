package dev.hubferry.messaging;

import dev.hubferry.contracts.MessageId;

/** The orchestrator withdrew the command; it is answered with {@link dev.hubferry.contracts.ErrorCode#CANCELLED}. */
public final class CommandCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param command the id of the command's message */
    public CommandCancelledException(MessageId command) {
        super("command " + command + " was cancelled");
    }
}
