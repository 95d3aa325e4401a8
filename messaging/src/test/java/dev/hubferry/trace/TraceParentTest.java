package dev.hubferry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String KNOWN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void readsWhatItWrites() {
        TraceParent read = TraceParent.parse(KNOWN).orElseThrow();
        assertThat(read.header()).isEqualTo(KNOWN);
        assertThat(read.sampled()).isTrue();
        assertThat(TraceParent.parse(KNOWN.replaceFirst("01$", "00"))
                        .orElseThrow()
                        .sampled())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
            })
    void doesWithoutWhatIsNone(String header) {
        assertThat(TraceParent.parse(header)).isEmpty();
    }

    @Test
    void takesTheBeginningOfALaterVersion() {
        assertThat(TraceParent.parse(KNOWN.replaceFirst("^00", "cc") + "-more")).isPresent();
    }

    @Test
    void namesTheSamePlaceWhoeverAsks() {
        TraceParent root = TraceParent.parse(KNOWN).orElseThrow();
        assertThat(root.named("step/a")).isEqualTo(root.named("step/a")).isNotEqualTo(root.named("step/b"));
        assertThat(root.named("step/a").spanId()).matches("[0-9a-f]{16}");
        assertThat(root.named("step/a").traceId()).isEqualTo(root.traceId());
    }
}
