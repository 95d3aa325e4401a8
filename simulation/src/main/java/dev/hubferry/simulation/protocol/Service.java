package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A participant: takes commands from Kafka into its inbox, claims what may run, and answers through its outbox in the transaction that
 * ends the command.
 */
public final class Service implements Partition.Consumer {
    static final int LEASE = 6_000;
    static final int HEARTBEAT = 2_000;
    private static final int POLL = 500;
    private static final Reply CANCELLED = Rejected.of(ErrorCode.CANCELLED, "withdrawn");

    private final Chance chance;
    private final String name;
    private final Stores stores;
    private final UseCases useCases;
    private final Witness witness;
    private final Partition replies;
    private final Partition repliesToOthers;
    private final Replicas replicas;
    private final Outbox outbox;
    private final List<CommandRun> runs = new ArrayList<>(4);

    /** What a service and the outside keep. */
    public record Stores(Inbox inbox, Journal journal, Fence fence) {}

    public Service(
            Chance chance,
            String name,
            Stores stores,
            UseCases useCases,
            Witness witness,
            Partition replies,
            Partition repliesToOthers) {
        this.chance = chance;
        this.name = name;
        this.stores = stores;
        this.useCases = useCases;
        this.witness = witness;
        this.replies = replies;
        this.repliesToOthers = repliesToOthers;
        this.replicas = new Replicas(chance, name);
        this.outbox = new Outbox(chance, replicas, false);
    }

    @Override
    public boolean accept(List<Letter> batch) {
        if (!replicas.canAct()) {
            return false;
        }
        for (Letter letter : batch) {
            switch (letter.body()) {
                case Command command -> {
                    stores.inbox().insert(letter, useCases.exclusiveKey(command));
                    endIfWithdrawn(letter.id());
                }
                case Cancel cancel -> withdraw(cancel.command().value());
                case Probe probe -> tell(letter, probe);
                case Reply _, CommandStatus _, Progress _, MigrationEvent _ ->
                    throw new IllegalArgumentException("not for a participant: " + letter);
            }
        }
        claimSoon(1, 20);
        return true;
    }

    @Override
    public long retryAfter() {
        return replicas.retryAfter();
    }

    /** Whether everything that was asked for is answered. */
    public boolean isIdle() {
        return stores.inbox().isEmpty();
    }

    private void withdraw(String id) {
        stores.inbox().cancel(id);
        endIfWithdrawn(id);
        for (CommandRun run : runs) {
            if (run.inboxRow().letter().id().equals(id)) {
                // The replica that took the cancellation looks at once, another with its next heartbeat.
                chance.soon(1, HEARTBEAT, run::cancel);
            }
        }
    }

    private void endIfWithdrawn(String id) {
        if (stores.inbox().endWithdrawn(id)) {
            answer(stores.inbox().letterOf(id), CANCELLED);
        }
    }

    /** What became of a command; the reply of one that has ended goes first, again. */
    private void tell(Letter letter, Probe probe) {
        String id = probe.command().value();
        Optional<Letter> reply = stores.inbox().replyTo(id);
        if (reply.isPresent()) {
            outbox.add(replies, reply.get());
        }
        CommandStatus status = new CommandStatus(probe.command(), stores.inbox().stage(id));
        if (chance.trace().isOn()) {
            chance.trace().say(name + " tells of " + id + ": " + status.stage());
        }
        outbox.add(replies, new Letter(letter.id() + "/status", letter.step(), letter.row(), status));
    }

    /** Ends the command and says the answer, both or neither; false when the command belongs to another run. */
    boolean end(CommandRun run, Reply reply) {
        if (!stores.inbox().end(run.inboxRow(), run.epoch())) {
            return false;
        }
        answer(run.inboxRow().letter(), reply);
        return true;
    }

    private void answer(Letter command, Reply reply) {
        if (chance.trace().isOn()) {
            chance.trace().say(name + " answers " + command.id() + ": " + reply);
        }
        witness.ended(command, reply);
        Partition to = command.row() == Row.BYSTANDER ? repliesToOthers : replies;
        Letter said = new Letter(command.id() + "/reply", command.step(), command.row(), reply);
        stores.inbox().keep(command.id(), said);
        outbox.add(to, said);
    }

    private void claimSoon(int least, int most) {
        chance.soon(least, most, this::claim);
    }

    private void claim() {
        var acting = replicas.acting();
        if (acting.isEmpty()) {
            // Whoever comes back looks first.
            return;
        }
        for (Inbox.Command command : stores.inbox().claim(chance.agenda().now())) {
            CommandRun run = new CommandRun(
                    chance, this, acting.get(), command, stores.inbox().isCancelled(command));
            runs.add(run);
            if (chance.trace().isOn()) {
                chance.trace()
                        .say(acting.get().name() + " runs " + command.letter().id() + ", epoch " + run.epoch());
            }
            run.goOnSoon();
        }
    }

    List<Act> actsOf(Letter letter) {
        if (letter.body() instanceof Command command) {
            return useCases.of(command);
        }
        throw new IllegalArgumentException("no command: " + letter);
    }

    Stores stores() {
        return stores;
    }

    Reply cancelled() {
        return CANCELLED;
    }

    Witness witness() {
        return witness;
    }

    public String name() {
        return name;
    }

    /** The run is over, with or without an answer. */
    void release(CommandRun run) {
        runs.remove(run);
        claimSoon(1, 20);
    }

    /** The command may be claimed by anybody. */
    void giveBack(CommandRun run) {
        stores.inbox().lease(run.inboxRow(), run.epoch(), chance.agenda().now());
    }

    /** From now on no heartbeat of the run reaches the database; returns when its lease ends. */
    long stopBeating(CommandRun run) {
        long now = chance.agenda().now();
        long until = now - (now - run.claimedAt()) % HEARTBEAT + LEASE;
        stores.inbox().lease(run.inboxRow(), run.epoch(), until);
        chance.agenda().at(until + 1 + chance.dice().below(POLL), this::claim);
        return until;
    }

    /** Ends a process, maybe in order: then its leases are given back. */
    void kill(Replica replica, boolean orderly) {
        for (CommandRun run : List.copyOf(runs)) {
            if (run.replica() == replica) {
                run.die();
                runs.remove(run);
                if (orderly) {
                    giveBack(run);
                    claimSoon(1, POLL);
                } else {
                    stopBeating(run);
                }
            }
        }
        replicas.kill(replica, this::claim);
    }

    void suspend(Replica replica, long millis) {
        for (CommandRun run : runs) {
            if (run.replica() == replica) {
                run.stopBeating();
            }
        }
        replicas.suspend(replica, millis, () -> wakeUp(replica));
    }

    private void wakeUp(Replica replica) {
        for (CommandRun run : runs) {
            if (run.replica() == replica) {
                run.beatAgain();
            }
        }
        claim();
    }
}
