package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.StepRef.Direction;

/**
 * Both runs of one step.
 *
 * @param forward doing it
 * @param back undoing it
 */
public record StepState(Run forward, Run back) {
    /** Nothing was sent yet. */
    public static final StepState NOT_STARTED = new StepState(Run.NOT_STARTED, Run.NOT_STARTED);

    public Run run(Direction direction) {
        return switch (direction) {
            case DO -> forward;
            case UNDO -> back;
        };
    }

    StepState with(Direction direction, Run run) {
        return switch (direction) {
            case DO -> new StepState(run, back);
            case UNDO -> new StepState(forward, run);
        };
    }
}
