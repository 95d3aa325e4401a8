package dev.hubferry.bench.homes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hubferry.bench.homes.Programs.Ended;
import org.junit.jupiter.api.Test;

class JudgeTest {
    @Test
    void readsThatTreesAreEqual() {
        assertThat(Judge.read(ended(0, "{\"EQUAL\": 12}")).equal()).isTrue();
    }

    @Test
    void countsDifferences() {
        // When
        var verdict = Judge.read(ended(1, "{\"content\": 2, \"missing\": 5}"));

        // Then
        assertThat(verdict.equal()).isFalse();
        assertThat(verdict.count()).isEqualTo(7);
    }

    @Test
    void takesNoErrorForAVerdict() {
        assertThatIllegalStateException().isThrownBy(() -> Judge.read(ended(1, "Traceback: no such file")));
        assertThatIllegalStateException().isThrownBy(() -> Judge.read(ended(1, "{\"EQUAL\": 12}")));
        assertThatIllegalStateException()
                .isThrownBy(() -> Judge.read(ended(2, "usage")))
                .withMessageContaining("exit code 2");
    }

    private static Ended ended(int exit, String output) {
        return new Ended("tree-diff.py", exit, output, 1);
    }
}
