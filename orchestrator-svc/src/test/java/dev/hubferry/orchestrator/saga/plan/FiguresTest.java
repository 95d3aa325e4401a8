package dev.hubferry.orchestrator.saga.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void writesSizesInDecimalUnits() {
        assertThat(Figures.bytes(0)).isEqualTo("0 bytes");
        assertThat(Figures.bytes(999)).isEqualTo("999 bytes");
        assertThat(Figures.bytes(1_000)).isEqualTo("1.0 kB");
        assertThat(Figures.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Figures.bytes(1_550_000_000_000L)).isEqualTo("1.6 TB");
        assertThat(Figures.bytes(Long.MAX_VALUE)).isEqualTo("9223.4 PB");
    }

    @Test
    void writesTimesExactly() {
        assertThat(Figures.time(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Figures.time(Duration.ofSeconds(1799))).isEqualTo("29 min 59 s");
        assertThat(Figures.time(Duration.ofDays(2))).isEqualTo("2 d");
        assertThat(Figures.time(Duration.ofMillis(20))).isEqualTo("20 ms");
    }

    @Test
    void countsOneAsOne() {
        assertThat(Figures.count(1, "entry", "entries")).isEqualTo("1 entry");
        assertThat(Figures.count(7_000, "entry", "entries")).isEqualTo("7,000 entries");
    }
}
