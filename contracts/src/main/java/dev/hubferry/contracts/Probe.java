package dev.hubferry.contracts;

/**
 * Asks a participant what became of a command that has not been answered. It answers with a {@link CommandStatus}; when the command
 * has ended, it says the command's reply again first, under the same id.
 *
 * <p>It travels behind its command on the same partition. So a participant that does not know the command will never get to know it,
 * unless somebody sends it again.
 *
 * @param command the id of the command's message
 */
@WireType("hubferry.probe.v1")
public record Probe(MessageId command) implements Body {
    public Probe {
        Require.present(command, "command");
    }
}
