package dev.hubferry.orchestrator.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesOwner;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomesOptionsReaderTest {
    private final Errors errors = new Errors();

    @Test
    void readsOptionsThatAreRight() {
        // When
        HomesOptions options = read("""
                {"exclude": [".cache", " *.tmp ", "work/*/scratch"], "ownership": {"uid": 1000, "gid": 100},
                 "consents": ["LOSE_ACLS", "LOSE_ATTRIBUTES"]}
                """);
        // Then
        assertThat(errors.all()).isEmpty();
        assertThat(options)
                .isEqualTo(new HomesOptions(
                        List.of(".cache", " *.tmp ", "work/*/scratch"),
                        Optional.of(new HomesOwner(1000, 100)),
                        Set.of(HomesConsent.LOSE_ACLS, HomesConsent.LOSE_ATTRIBUTES)));
    }

    @Test
    void takesNothingForWhatIsLeftOut() {
        assertThat(read("{}")).isEqualTo(HomesOptions.NONE);
        assertThat(read("{\"exclude\": [], \"ownership\": null}")).isEqualTo(HomesOptions.NONE);
        assertThat(errors.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"exclude\": \".cache\"}                      | #/exclude       | is text, not a list",
                "{\"exclude\": [\".cache\", 7]}                 | #/exclude/1     | is a number, not text",
                "{\"exclude\": [\".cache\", \"a\", \"/tmp\"]}   | #/exclude/2     | '/tmp' begins with a slash",
                "{\"exclude\": [\"\"]}                          | #/exclude/0     | is empty",
                "{\"exclude\": [\"a\\u0000\"]}                  | #/exclude/0     | has the character U+0000",
                "{\"exclude\": [\"a\\ud800\"]}                  | #/exclude/0     | has the character U+D800",
                "{\"exclude\": [\"[a\"]}                        | #/exclude/0     | not closed",
                "{\"excludes\": [\"a\"]}                        | #/excludes      | 'excludes' is not known here",
                "{\"ownership\": \"1000:1000\"}                 | #/ownership     | is text, not an object",
                "{\"ownership\": {\"uid\": 1000}}               | #/ownership/gid | is missing",
                "{\"ownership\": {\"uid\": 0, \"gid\": 0}}      | #/ownership/uid | is 0, not a whole number from 1",
                "{\"ownership\": {\"uid\": 1.5, \"gid\": 0}}    | #/ownership/uid | is 1.5, not a whole number",
                "{\"ownership\": {\"uid\": \"1\", \"gid\": 0}}  | #/ownership/uid | is text, not a whole number",
                "{\"ownership\": {\"uid\": 1, \"gid\": 4294967295}} | #/ownership/gid | to 4294967294",
                "{\"ownership\": {\"uid\": 1, \"gid\": 1e40}}   | #/ownership/gid | not a whole number",
                "{\"ownership\": {\"uid\": 1, \"gid\": 1, \"user\": 1}} | #/ownership/user | is not known here",
                "{\"consents\": [\"LOSE_ACL\"]}                 | #/consents/0    | 'LOSE_ACL' is not known",
            })
    void saysWhatIsWrongAndWhere(String json, String pointer, String detail) {
        // When
        var unused = read(json);
        // Then
        assertThat(errors.all()).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.detail()).contains(detail);
            assertThat(error.remedy()).isNotBlank();
        });
    }

    @Test
    void suggestsWhatWasMeant() {
        // When
        var unused = read("{\"exlude\": [], \"consents\": [\"LOSE_ACL\"]}");
        // Then
        assertThat(errors.all())
                .extracting(SpecError::remedy)
                .containsExactlyInAnyOrder("did you mean 'exclude'?", "did you mean 'LOSE_ACLS'?");
    }

    @Test
    void takesAHundredPatternsAndNoMore() {
        assertThat(read(patterns(100)).exclude()).hasSize(100);
        assertThat(errors.all()).isEmpty();
        assertThat(read(patterns(101)).exclude()).isEmpty();
        assertThat(errors.all())
                .singleElement()
                .satisfies(error -> assertThat(error.detail()).contains("101"));
    }

    private static String patterns(int number) {
        return "{\"exclude\": [" + String.join(",", Collections.nCopies(number, "\"a\"")) + "]}";
    }

    private HomesOptions read(String json) {
        try {
            JsonFields fields = JsonFields.of(new ObjectMapper().readTree(json), errors);
            HomesOptions options = HomesOptionsReader.read(fields);
            fields.close();
            return options;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
