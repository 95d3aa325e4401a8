package dev.hubferry.messaging;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.Reply;

/**
 * What a participant does about its commands: the one CDI bean that turns a service into a participant.
 *
 * <p>A command may be handled more than once: after a crash another replica, or the same one, handles it again from the start. Every
 * write must therefore tolerate that a former run did it already, wholly or in part. {@link #handle} runs on a virtual thread of its
 * own and may block for hours.
 *
 * @param <C> the participant's sealed command type
 */
public interface CommandHandler<C extends Command> {
    /** The participant's sealed command type, such as {@code DnsCommand.class}; commands of other types go to the dead letters. */
    Class<C> commandType();

    /**
     * What the command has to itself while it runs, such as {@code zone:example.org}: of the commands with the same key one runs at a
     * time, over all replicas, in the order of their arrival.
     *
     * <p>Called when the command arrives, so it must depend on nothing but the command.
     */
    String exclusiveKey(C command);

    /**
     * Carries the command out and answers it.
     *
     * @return the reply that belongs to the command, or {@link dev.hubferry.contracts.Rejected} for every expected failure
     * @throws InterruptedException when the lease was lost, the command was cancelled or the service stops; let it pass
     * @throws RuntimeException a bug or broken infrastructure; answered with {@link dev.hubferry.contracts.ErrorCode#UNEXPECTED}
     */
    Reply handle(C command, Execution execution) throws InterruptedException;
}
