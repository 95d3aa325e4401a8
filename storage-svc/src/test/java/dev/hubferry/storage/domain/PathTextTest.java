package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathTextTest {
    @Test
    void showsBytesSoThatPeopleCanReadThem() {
        assertThat(PathText.show(latin("jos\u00e9/日本"))).isEqualTo("jos\u00e9/日本");
        assertThat(PathText.show("a\nb\tc")).isEqualTo("a\\x0ab\\x09c");
        assertThat(PathText.show("\u00ff\u00fe-x")).isEqualTo("\\xff\\xfe-x");
        assertThat(PathText.show("x".repeat(5000))).hasSize(1001);
    }

    @Test
    void namesTheFirstOfMany() {
        assertThat(PathText.show(List.of("a", "b", "c"), 2)).isEqualTo("'a', 'b' and 1 more");
        assertThat(PathText.show(List.of("a"), 2)).isEqualTo("'a'");
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
