package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import java.util.Arrays;

/**
 * Timers' keys as text: {@code retry/seed-homes/do/2}, {@code unanswered/seed-homes/do/1}, {@code gate/approve-plan}, {@code wait/soak},
 * {@code cutover}, {@code survey}.
 */
final class TimerKeyText {
    private TimerKeyText() {}

    static String write(TimerKey key) {
        return switch (key) {
            case TimerKey.Retry(StepRef step) -> "retry/" + text(step);
            case TimerKey.Unanswered(StepRef step) -> "unanswered/" + text(step);
            case TimerKey.CutoverOver() -> "cutover";
            case TimerKey.SurveyOver() -> "survey";
            case TimerKey.GateExpiry(String gate) -> "gate/" + gate;
            case TimerKey.WaitOver(String timer) -> "wait/" + timer;
        };
    }

    static TimerKey read(String text) {
        String[] parts = text.split("/", -1);
        if (parts[0].equals("retry") && parts.length == 4) {
            return new TimerKey.Retry(step(parts));
        }
        if (parts[0].equals("unanswered") && parts.length == 4) {
            return new TimerKey.Unanswered(step(parts));
        }
        if (text.equals("cutover")) {
            return new TimerKey.CutoverOver();
        }
        if (text.equals("survey")) {
            return new TimerKey.SurveyOver();
        }
        if (parts[0].equals("gate") && parts.length == 2) {
            return new TimerKey.GateExpiry(parts[1]);
        }
        if (parts[0].equals("wait") && parts.length == 2) {
            return new TimerKey.WaitOver(parts[1]);
        }
        throw new IllegalStateException("no timer is called '" + text + "'");
    }

    private static String text(StepRef step) {
        return "%s/%s/%d".formatted(step.name(), step.direction().wireName(), step.attempt());
    }

    private static StepRef step(String[] parts) {
        return new StepRef(parts[1], direction(parts[2]), Integer.parseInt(parts[3]));
    }

    private static Direction direction(String wireName) {
        return Arrays.stream(Direction.values())
                .filter(direction -> direction.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no direction is called '" + wireName + "'"));
    }
}
