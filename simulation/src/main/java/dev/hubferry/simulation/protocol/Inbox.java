package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.CommandStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The inbox table: commands in the order of their arrival, and which run holds which.
 *
 * <pre>
 *   arrival ──► PENDING ──claim──► RUNNING ──end──► DONE
 *                  │                │   ▲             ▲
 *                  │                └───┘ claim when the lease ran out: epoch + 1
 *                  └──── withdrawn before it started ─┘
 * </pre>
 */
public class Inbox {
    static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Command> byId = new HashMap<>();
    private final List<Command> unfinished = new ArrayList<>();
    private final Map<String, Letter> replies = new HashMap<>();
    private final Set<String> cancelled = new HashSet<>();
    private long lastNumber;

    enum State {
        PENDING,
        RUNNING,
        DONE
    }

    /** A row of the table. */
    public static final class Command {
        private final Letter letter;
        private final String exclusiveKey;
        private final long number;
        private State state = State.PENDING;
        private long epoch;
        private long leaseUntil;

        Command(Letter letter, String exclusiveKey, long number) {
            this.letter = letter;
            this.exclusiveKey = exclusiveKey;
            this.number = number;
        }

        Letter letter() {
            return letter;
        }

        String exclusiveKey() {
            return exclusiveKey;
        }

        long epoch() {
            return epoch;
        }

        /** Grows from run to run of all commands of an exclusive key. */
        long token(long ofEpoch) {
            return number << 16 | ofEpoch;
        }
    }

    /** Stores a command unless it is there already. */
    protected void insert(Letter letter, String exclusiveKey) {
        if (!byId.containsKey(letter.id())) {
            store(letter, exclusiveKey);
        }
    }

    protected final void store(Letter letter, String exclusiveKey) {
        Command command = new Command(letter, exclusiveKey, ++lastNumber);
        byId.put(letter.id(), command);
        unfinished.add(command);
    }

    void cancel(String id) {
        cancelled.add(id);
    }

    boolean isCancelled(Command command) {
        return cancelled.contains(command.letter.id());
    }

    /** Ends a command that is withdrawn and has not started; false when there is none such. */
    boolean endWithdrawn(String id) {
        Command command = byId.get(id);
        if (command == null || command.state != State.PENDING || !cancelled.contains(id)) {
            return false;
        }
        done(command);
        return true;
    }

    Letter letterOf(String id) {
        Command command = byId.get(id);
        if (command == null) {
            throw new IllegalArgumentException("no command " + id);
        }
        return command.letter;
    }

    /** Takes every command that may run. */
    List<Command> claim(long now) {
        List<Command> claimed = new ArrayList<>(2);
        for (int i = 0; i < unfinished.size(); i++) {
            Command candidate = unfinished.get(i);
            if (mayRun(candidate, i, now)) {
                candidate.state = State.RUNNING;
                candidate.epoch++;
                candidate.leaseUntil = NEVER;
                claimed.add(candidate);
            }
        }
        return claimed;
    }

    private boolean mayRun(Command candidate, int place, long now) {
        return switch (candidate.state) {
            case RUNNING -> candidate.leaseUntil <= now;
            case PENDING -> !isBlocked(candidate, place);
            case DONE -> false;
        };
    }

    protected boolean isBlocked(Command candidate, int place) {
        for (int i = 0; i < unfinished.size(); i++) {
            Command other = unfinished.get(i);
            if (i != place
                    && other.exclusiveKey.equals(candidate.exclusiveKey)
                    && (i < place || other.state == State.RUNNING)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a command belongs to the run of this epoch. */
    protected boolean isHeld(Command command, long epoch) {
        return command.state == State.RUNNING && command.epoch == epoch;
    }

    long leaseUntil(Command command) {
        return command.leaseUntil;
    }

    /** Sets the end of a lease; {@link #NEVER} while heartbeats come. */
    void lease(Command command, long epoch, long until) {
        if (command.state == State.RUNNING && command.epoch == epoch) {
            command.leaseUntil = until;
        }
    }

    /** Marks a command as done; false when it belongs to another run by now. */
    boolean end(Command command, long epoch) {
        if (!isHeld(command, epoch)) {
            return false;
        }
        done(command);
        return true;
    }

    /** Keeps what a command was answered with. */
    void keep(String id, Letter reply) {
        replies.put(id, reply);
    }

    Optional<Letter> replyTo(String id) {
        return Optional.ofNullable(replies.get(id));
    }

    CommandStatus.Stage stage(String id) {
        Command command = byId.get(id);
        if (command == null) {
            return CommandStatus.Stage.UNKNOWN;
        }
        return switch (command.state) {
            case PENDING -> CommandStatus.Stage.WAITING;
            case RUNNING -> CommandStatus.Stage.RUNNING;
            case DONE -> CommandStatus.Stage.ANSWERED;
        };
    }

    boolean isEmpty() {
        return unfinished.isEmpty();
    }

    private void done(Command command) {
        command.state = State.DONE;
        unfinished.remove(command);
    }
}
