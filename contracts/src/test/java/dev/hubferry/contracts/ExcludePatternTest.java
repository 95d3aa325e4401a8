package dev.hubferry.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcludePatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                ".cache, .cache, true",
                ".cache, .cached, false",
                "*.tmp, .tmp, true",
                "*.tmp, a.tmp.tmp, true",
                "*.tmp, a.tmp~, false",
                "a*b*c, abcbc, true",
                "a*b*c, acb, false",
                "?, a, true",
                "?, ab, false",
                "[a-c_], b, true",
                "[a-c_], d, false",
                "[!a-c], d, true",
                "[^a-c], b, false",
                "[]x], ], true",
                "[!]x], ], false",
                "[a-], -, true",
                "[.]x, .x, true",
                "\\*, *, true",
                "\\*, x, false",
                "\\[a], [a], true",
                "*x*, x, true",
            })
    void matchesNamesAsAShellDoes(String pattern, String name, boolean matches) {
        assertThat(ExcludePattern.parse(pattern).matches(List.of(name))).isEqualTo(matches);
    }

    @Test
    void matchesBytes() {
        // Given
        String umlaut = new String("ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        // When, Then
        assertThat(ExcludePattern.parse("ü").matches(List.of(umlaut))).isTrue();
        assertThat(ExcludePattern.parse("?").matches(List.of(umlaut))).isFalse();
        assertThat(ExcludePattern.parse("??").matches(List.of(umlaut))).isTrue();
        assertThat(ExcludePattern.parse("a*\n").matches(List.of("a\u00ff\n"))).isTrue();
    }

    @Test
    void matchesAPathNameByName() {
        // Given
        ExcludePattern pattern = ExcludePattern.parse("work/*/scratch");
        // When, Then
        assertThat(pattern.isName()).isFalse();
        assertThat(pattern.depth()).isEqualTo(3);
        assertThat(pattern.matches(List.of("work", "a", "scratch"))).isTrue();
        assertThat(pattern.matches(List.of("work", "scratch"))).isFalse();
        assertThat(pattern.matches(List.of("work", "a", "b"))).isFalse();
    }

    @Test
    void takesNoLongerForManyStars() {
        // When, Then: an engine that tries everything would take years
        assertThat(ExcludePattern.parse("*a".repeat(60) + "b").matches(List.of("a".repeat(255))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "\"\" | is empty",
                "/tmp | begins with a slash",
                ".cache/ | ends with a slash",
                "a//b | two slashes",
                "a/../b | '..'",
                "./a | '.'",
                "a/**/b | '**'",
                "* | nothing would be moved",
                "[a | not closed",
                "[a/b] | not closed",
                "[] | not closed",
                "[ä] | ASCII",
                "[[:alpha:]] | [:alpha:]",
                "[z-a] | 'z-a'",
                "a\\ | backslash",
            })
    void saysWhatIsWrong(String pattern, String why) {
        assertThatThrownBy(() -> ExcludePattern.parse(pattern)).hasMessageContaining(why);
    }

    @Test
    void saysWhatIsWrongWithBytesThatNoNameHas() {
        assertThatThrownBy(() -> ExcludePattern.parse("a\0b")).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> ExcludePattern.parse("a\ud800")).hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> ExcludePattern.parse("x".repeat(5000))).hasMessageContaining("4096");
    }

    @Test
    void optionsNameTheBadPatternByItsIndex() {
        assertThatThrownBy(() -> new HomesOptions(List.of(".cache", "*.tmp", "/x"), Optional.empty(), Set.of()))
                .hasMessageStartingWith("exclude[2] '/x' begins with a slash");
        assertThatThrownBy(() -> new HomesOptions(Collections.nCopies(101, "a"), Optional.empty(), Set.of()))
                .hasMessageContaining("101");
    }
}
