package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.StepRef;

/** What a timer of a migration is for; a migration has at most one per key. */
public sealed interface TimerKey {
    /** The next attempt at a step. */
    record Retry(StepRef step) implements TimerKey {}

    /** A command that has had no answer for a while. */
    record Unanswered(StepRef step) implements TimerKey {}

    /** The moment from which on the hub must not be down any more. */
    record CutoverOver() implements TimerKey {}

    /** The moment from which on a survey waits for no answer. */
    record SurveyOver() implements TimerKey {}

    /** A gate that nobody answered. */
    record GateExpiry(String gate) implements TimerKey {}

    /** The end of a wait of the saga. */
    record WaitOver(String timer) implements TimerKey {}
}
