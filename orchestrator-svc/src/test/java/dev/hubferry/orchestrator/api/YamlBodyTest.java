package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlBodyTest {
    @Test
    void readsWhatJsonCouldSay() {
        // When
        JsonNode read = yaml("""
                # who moves
                name: "no"
                source: {cluster: old, namespace: astro}
                consents:
                  - LOSE_ACLS
                  - 'on'
                approved: true
                uid: 1000
                nothing: ~
                empty:
                start: 2026-12-05T02:00:00Z
                soak: 1d
                text: |
                  one
                  two
                """);

        // Then
        assertThat(read).isEqualTo(json("""
                {
                  "name": "no",
                  "source": {"cluster": "old", "namespace": "astro"},
                  "consents": ["LOSE_ACLS", "on"],
                  "approved": true,
                  "uid": 1000,
                  "nothing": null,
                  "empty": null,
                  "start": "2026-12-05T02:00:00Z",
                  "soak": "1d",
                  "text": "one\\ntwo\\n"
                }
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{\"a\": [1, -2, true, null, \"\\u00e4\", {}]}", "\"text\"", "17", "9223372036854775808"})
    void readsJsonAsJson(String body) {
        assertThat(yaml(body)).isEqualTo(json(body));
    }

    @Test
    void readsASpecAsJsonDoes() {
        assertThat(yaml(Client.spec("astro"))).isEqualTo(json(Client.spec("astro")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no", "NO", "No", "yes", "on", "Off", "y", "N", "0123", "0o17", "0x1F", "0b11", "1_000", "+1", "1e3",
                "1.", ".5", "12:30", "1:30:00", ".inf", "-.INF", ".nan", "=", "1.5e+3"
            })
    void refusesWordsThatVersionsOfYamlReadDifferently(String word) {
        assertThat(problem("a:\n  - x\n  - " + word).detail())
                .startsWith("line 3, column 5: '" + word + "' is read in different ways");
        assertThat(problem("b: 1\n" + word + ": 2").detail()).startsWith("line 2, column 1: ");
        assertThat(yaml("a: '" + word + "'").path("a").textValue()).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "on-call",
                "1.2.3",
                "192.0.2.10",
                "60s",
                "2026-12-05",
                "a=b",
                "10m",
                "n1",
                "0s",
                "/0123",
                "noon"
            })
    void readsOtherWordsAsText(String word) {
        assertThat(yaml("a: " + word).path("a").textValue()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "a: 1|b: 2|a: 3 => line 3, column 1: the key 'a' comes a second time",
                "a: {b: 1, b: 2} => line 1, column 11: the key 'b' comes a second time",
                "a: 1|---|b: 2 => line 2, column 1: a second document begins here",
                "a: &x 1 => line 1, column 4: an anchor (&)",
                "a: &x {b: 1} => line 1, column 4: an anchor (&)",
                "a: [&x [1]] => line 1, column 5: an anchor (&)",
                "a: *x => line 1, column 4: an alias (*)",
                "a: !!str 1 => line 1, column 4: a tag (!)",
                "!!java.net.URL [a] => line 1, column 1: a tag (!)",
                "a: ! 1 => line 1, column 4: a tag (!)",
                "<<: {a: 1} => line 1, column 1: '<<' is read in different ways",
                "1: a => line 1, column 1: a key is not text",
                "true: a => line 1, column 1: a key is not text",
                "~: a => line 1, column 1: a key is not text",
                "[a]: b => line 1, column 1: a key is not text",
                "? {a: b}|: c => line 1, column 3: a key is not text",
                "a: [1, 2 => line 1, column 9: expected ',' or ']'",
                "a: b|  c: d => line 2, column 4: mapping values are not allowed here",
                "a:|\tb: 1 => line 2, column 1: found character '\\t(TAB)'",
            })
    void saysWhereItIsNotWhatCanBeRead(String body, String detail) {
        ProblemDetail problem = problem(body.replace('|', '\n'));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.type()).isEqualTo("urn:hubferry:problem:malformed-yaml");
        assertThat(problem.detail()).startsWith(detail);
    }

    @Test
    void refusesWhatIsNoTextAtAll() {
        assertThat(problem("").detail()).isEqualTo("the body is empty");
        assertThat(problem("# nothing").detail()).isEqualTo("the body is empty");
        assertThat(problem("a: 1\nb: x\u0007y").detail()).startsWith("line 2, column 5: the character U+0007");
        assertThat(catchThrowableOfType(ProblemException.class, () -> YamlBody.parse("a: \u00e4".getBytes(ISO_8859_1)))
                        .problem()
                        .detail())
                .isEqualTo("the body is not UTF-8");
        assertThat(yaml("\uFEFFa: 1").path("a").intValue()).isEqualTo(1);
    }

    @Test
    void readsNoDeeperThanAnybodyNeeds() {
        assertThat(problem("[".repeat(100_000)).detail()).contains("nested deeper than 50 levels");
        assertThat(problem("- ".repeat(100_000)).detail()).contains("nested deeper than 50 levels");
    }

    private static JsonNode yaml(String body) {
        return YamlBody.parse(body.getBytes(UTF_8));
    }

    private static JsonNode json(String body) {
        return JsonBody.parse(body.getBytes(UTF_8));
    }

    private static ProblemDetail problem(String body) {
        return catchThrowableOfType(ProblemException.class, () -> yaml(body)).problem();
    }
}
