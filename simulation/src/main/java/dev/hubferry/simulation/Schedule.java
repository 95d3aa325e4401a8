package dev.hubferry.simulation;

import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.simulation.Outcome.Ending;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.Coverage;
import dev.hubferry.simulation.chance.Rows;
import dev.hubferry.simulation.check.Invariant;
import dev.hubferry.simulation.check.Violation;
import dev.hubferry.simulation.protocol.Service;
import java.time.Duration;

/** One migration from its request to the silence after its end, on one thread, as the dice of its seed and index fall. */
final class Schedule {
    private static final int MOST_EVENTS = 50_000;
    private static final long LONGEST = Duration.ofDays(90).toMillis();
    private static final int LAST_VISITS = 12;

    private final Chance chance;
    private final Cast cast;

    private Schedule(Chance chance, Cast cast) {
        this.chance = chance;
        this.cast = cast;
    }

    /** Runs one schedule. @param coverage counts the faults */
    static Outcome run(Parts parts, Settings settings, long index, Coverage coverage, Rows rows, boolean traced) {
        Chance chance = Chance.of(settings.seed(), index, coverage, traced);
        try {
            return new Schedule(chance, new Cast(chance, parts, rows, settings)).run();
        } catch (Violation violation) {
            return broken(chance, violation.invariant(), String.valueOf(violation.getMessage()));
        } catch (RuntimeException e) {
            return broken(chance, Invariant.THREW, e + " at " + e.getStackTrace()[0]);
        }
    }

    private static Outcome broken(Chance chance, Invariant invariant, String message) {
        chance.trace().say("BROKEN " + message);
        return new Outcome.Broken(invariant, message, chance.trace().lines());
    }

    private Outcome run() {
        int events = 0;
        while (chance.agenda().step()) {
            cast.watch().look();
            if (chance.dice().oneIn(5)) {
                cast.users().act();
                cast.watch().look();
            }
            if (++events > MOST_EVENTS || chance.agenda().now() > LONGEST) {
                throw new Violation(Invariant.LIVENESS, "still not at an end after " + events + " events");
            }
        }
        for (int visit = 0; visit < LAST_VISITS; visit++) {
            cast.users().act();
            cast.watch().look();
        }
        return close(events);
    }

    private Outcome close(int events) {
        SagaState state = cast.orchestrator().state();
        cast.watch().close(state);
        for (Service service : cast.services()) {
            if (!service.isIdle()) {
                throw new Violation(Invariant.UNANSWERED, service.name() + " has not ended a command");
            }
        }
        Ending ending = switch (state) {
            case SagaState.Completed _ -> Ending.COMPLETED;
            case SagaState.RolledBack _ -> Ending.ROLLED_BACK;
            case SagaState.Parked _, SagaState.Running _, SagaState.Compensating _ -> Ending.PARKED;
        };
        return new Outcome.Sound(
                ending, events, cast.watch().refusals(), chance.trace().lines());
    }
}
