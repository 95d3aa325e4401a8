package dev.hubferry.contracts;

/**
 * What the orchestrator asks of a participant.
 *
 * <p>A command is self-contained and names connections, never secrets. It may be delivered and even executed more than once; a
 * participant makes the second execution find what the first one left. An undo answers success when what it undoes never happened.
 */
public sealed interface Command extends Body permits StorageCommand, K8sCommand, DbCommand, DnsCommand {
    /** Who executes it. */
    Participant participant();
}
