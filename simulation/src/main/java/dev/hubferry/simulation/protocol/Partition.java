package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.Reply;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.FaultKind;
import dev.hubferry.simulation.chance.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * One key of a Kafka topic: a log that is delivered in order and at least once. What was delivered and not acknowledged comes again,
 * and sometimes what was acknowledged too.
 */
public final class Partition {
    private static final int LONGEST_BATCH = 3;
    private static final int LONGEST_DELAY = 300_000;

    private final Chance chance;
    private final String name;
    private final Consumer consumer;
    private final List<Letter> log = new ArrayList<>();
    private int position;
    private long notBefore;
    private boolean waking;

    /** Who reads it. */
    @FunctionalInterface
    public interface Consumer {
        /** Takes a batch; false when it died, or could not, before it acknowledged. */
        boolean accept(List<Letter> batch);

        /** When it is worth to offer the batch again, in milliseconds from now. */
        default long retryAfter() {
            return 1_000;
        }
    }

    public Partition(Chance chance, String name, Consumer consumer) {
        this.chance = chance;
        this.name = name;
        this.consumer = consumer;
    }

    /** Publishes; comes with the next batches, or much later. */
    public void append(Letter letter) {
        FaultKind lost = fromParticipant(letter) ? FaultKind.REPLY_LOST : FaultKind.COMMAND_LOST;
        if (letter.row() != Row.BYSTANDER && chance.faults().strike(lost, letter.row())) {
            say("loses", letter);
            return;
        }
        log.add(letter);
        FaultKind late = fromParticipant(letter) ? FaultKind.REPLY_LATE : FaultKind.COMMAND_LATE;
        if (chance.faults().strike(late, letter.row())) {
            notBefore =
                    Math.max(notBefore, chance.agenda().now() + chance.dice().between(2_000, LONGEST_DELAY));
        }
        wake(chance.dice().between(1, 40));
    }

    private static boolean fromParticipant(Letter letter) {
        return letter.body() instanceof Reply || letter.body() instanceof CommandStatus;
    }

    private void wake(long millis) {
        if (!waking) {
            waking = true;
            chance.agenda().at(Math.max(notBefore, chance.agenda().now() + millis), this::deliver);
        }
    }

    private void deliver() {
        waking = false;
        if (chance.agenda().now() < notBefore) {
            wake(0);
            return;
        }
        int end = Math.min(log.size(), position + 1 + chance.dice().below(LONGEST_BATCH));
        if (end == position) {
            return;
        }
        if (!consumer.accept(log.subList(position, end))) {
            wake(consumer.retryAfter());
            return;
        }
        position = end - forgotten(end);
        if (position < log.size()) {
            wake(chance.dice().between(1, 40));
        }
    }

    /** How many of what was acknowledged come again, as after a rebalance. */
    private int forgotten(int end) {
        Letter last = log.get(end - 1);
        FaultKind again = fromParticipant(last) ? FaultKind.REPLY_AGAIN : FaultKind.COMMAND_AGAIN;
        if (!chance.faults().strike(again, last.row())) {
            return 0;
        }
        say("goes back behind", last);
        return chance.dice().between(1, Math.min(end, 4));
    }

    private void say(String what, Letter letter) {
        if (chance.trace().isOn()) {
            chance.trace().say("kafka " + name + " " + what + " " + letter.id());
        }
    }
}
