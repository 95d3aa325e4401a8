package dev.hubferry.contracts;

/**
 * Asks a participant to give up a command that it may be executing, or has yet to receive.
 *
 * <p>The command is then answered with {@link Rejected} of {@link ErrorCode#CANCELLED}, unless it ended before; its effects are left
 * for the undo that follows.
 *
 * @param command the id of the command's message
 * @param reason for the log of the participant
 */
@WireType("hubferry.cancel.v1")
public record Cancel(MessageId command, String reason) implements Body {
    public Cancel {
        Require.present(command, "command");
        Require.text(reason, "reason");
    }
}
