package dev.hubferry.contracts;

/**
 * What became of a command, as its participant knows it; the answer to a {@link Probe}.
 *
 * @param command the id of the command's message
 */
@WireType("hubferry.command-status.v1")
public record CommandStatus(MessageId command, Stage stage) implements Body {
    public CommandStatus {
        Require.present(command, "command");
        Require.present(stage, "stage");
    }

    /** How far a command has come. */
    public enum Stage {
        /** It never arrived, or arrived unreadable. */
        UNKNOWN,
        /** It waits for its turn. */
        WAITING,
        /** A replica works on it, or will take it over soon. */
        RUNNING,
        /** It has ended; its reply was said again before this. */
        ANSWERED
    }
}
