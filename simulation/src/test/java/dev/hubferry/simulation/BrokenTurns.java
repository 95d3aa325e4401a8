package dev.hubferry.simulation;

import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.simulation.saga.Turns;
import java.util.List;
import java.util.Set;

/** Queues that are wrong on purpose, as {@link Breakages}. */
final class BrokenTurns {
    private BrokenTurns() {}

    /** Whoever comes is let in. */
    static final class ForEverybody extends Turns {
        ForEverybody(Setting setting) {
            super(setting);
        }

        @Override
        protected List<Place> ready(SlotQueue queue) {
            return queue.pools().stream()
                    .flatMap(pool -> pool.waiting().stream())
                    .distinct()
                    .toList();
        }
    }

    /** Nobody looks at the queue when something is given back. */
    static final class Asleep extends Turns {
        private boolean awake = true;

        Asleep(Setting setting) {
            super(setting);
        }

        @Override
        protected void wake() {
            if (awake) {
                super.wake();
            }
            awake = false;
        }
    }

    /** The DNS account is waited for only when it is needed, and the hub is down by then. */
    static SagaDefinition waitsInTheDowntime(SagaDefinition definition) {
        return new SagaDefinition(
                definition.name(),
                definition.version(),
                definition.phases(),
                List.of(new Claim(
                        "switch-record",
                        "switch-record",
                        spec -> Set.of(
                                new Slot(Slot.Kind.DNS_CUTOVER, spec.dns().zone())))),
                definition.patience());
    }
}
