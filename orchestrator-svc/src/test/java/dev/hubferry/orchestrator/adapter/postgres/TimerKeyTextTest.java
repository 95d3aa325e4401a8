package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimerKeyTextTest {
    @ParameterizedTest
    @MethodSource("keys")
    void readsWhatItWrote(TimerKey key) {
        assertThat(TimerKeyText.read(TimerKeyText.write(key))).isEqualTo(key);
    }

    @Test
    void refusesWhatItDidNotWrite() {
        assertThatThrownBy(() -> TimerKeyText.read("soak")).hasMessageContaining("'soak'");
    }

    static Stream<TimerKey> keys() {
        return Stream.of(
                new TimerKey.Retry(new StepRef("seed-homes", Direction.UNDO, 7)),
                new TimerKey.CutoverOver(),
                new TimerKey.SurveyOver(),
                new TimerKey.GateExpiry("approve-plan"),
                new TimerKey.WaitOver("soak"));
    }
}
