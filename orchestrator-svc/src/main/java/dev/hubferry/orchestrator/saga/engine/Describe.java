package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.StepRef;

/** Words for states, in reasons that people read. */
final class Describe {
    private Describe() {}

    static String attempt(StepRef ref) {
        return "attempt %d of %s (%s)"
                .formatted(ref.attempt(), ref.name(), ref.direction().wireName());
    }

    static String state(SagaState state) {
        return switch (state) {
            case SagaState.Running running when running.hold() instanceof Hold.Paused -> "paused";
            case SagaState.Running _ -> "running";
            case SagaState.Compensating _ -> "being taken back";
            case SagaState.Completed _ -> "completed";
            case SagaState.RolledBack _ -> "rolled back";
            case SagaState.Parked parked -> "parked at " + parked.step();
        };
    }

    static String gate(GateState gate) {
        return switch (gate) {
            case GateState.NotAsked _ -> "not reached yet";
            case GateState.Waiting _ -> "waiting";
            case GateState.Approved by -> "approved by " + by.by();
            case GateState.Rejected by -> "rejected by " + by.by();
            case GateState.Expired _ -> "expired";
            case GateState.Withdrawn _ -> "withdrawn";
        };
    }
}
