package dev.hubferry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void areTheSmallestTimesThatSoManyDoNotExceed() {
        // When
        Percentiles percentiles = Percentiles.of(
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray());

        // Then
        assertThat(percentiles).isEqualTo(new Percentiles(100.5, 100, 198, 200));
    }

    @Test
    void ofOneTimeAreThatTime() {
        assertThat(Percentiles.of(new double[] {7})).isEqualTo(new Percentiles(7, 7, 7, 7));
    }

    @Test
    void ofNothingAreNothing() {
        assertThat(Percentiles.of(new double[0])).isEqualTo(Percentiles.NONE);
    }
}
