package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.Require;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What a migration waits for, or has, by one of its {@link Claim}s. */
public sealed interface SlotUse {
    /** The first step of the claim. */
    String step();

    /** At least one. */
    Set<Slot> slots();

    Priority priority();

    /** @param since when its turn is reckoned from */
    record Waiting(String step, Set<Slot> slots, Priority priority, Instant since) implements SlotUse {
        public Waiting {
            Require.text(step, "step");
            slots = sorted(slots);
            Require.present(priority, "priority");
            Require.present(since, "since");
        }
    }

    record Held(String step, Set<Slot> slots, Priority priority) implements SlotUse {
        public Held {
            Require.text(step, "step");
            slots = sorted(slots);
            Require.present(priority, "priority");
        }
    }

    private static Set<Slot> sorted(Set<Slot> slots) {
        return Collections.unmodifiableSet(new TreeSet<>(Require.notEmpty(slots, "slots")));
    }
}
