package dev.hubferry.orchestrator.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.OnLateWrites;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
    private static final String RIGHT = """
            {"name": "astro", "soak": "2h",
             "source": {"cluster": "old", "namespace": "astro"},
             "target": {"cluster": "new", "namespace": "astro", "release": "hub-1"},
             "homes": {"source": {"storage": "nfs-old", "path": "/export/homes/astro/"},
                       "target": {"storage": "nfs-new", "path": "/export/homes/astro"}, "existing": "ADOPT_OWN"},
             "database": {"consents": ["LOSE_AUTH_STATE"]},
             "dns": {"zone": "example", "name": "Astro.Example.ORG.", "cutoverTtl": "PT1M"},
             "cutover": {"start": "2026-12-05T02:00:00+01:00", "end": "2026-12-05T04:00:00+01:00", "maxDowntime": "30m",
                         "finalPassBudget": "10m", "onTrouble": "PARK", "onLateWrites": "COPY_AGAIN"},
             "approvals": {"expiry": "3d", "fourEyes": true}}
            """;

    private final SpecReader reader = new SpecReader(
            new KnownConnections(Set.of("old", "new"), Set.of("nfs-old", "nfs-new"), Set.of("example")),
            Clock.fixed(Instant.parse("2026-11-26T10:00:00Z"), ZoneOffset.UTC));

    @Test
    void readsASpecThatIsRight() {
        MigrationSpec spec = valid(RIGHT);
        assertThat(spec.target().release()).contains("hub-1");
        assertThat(spec.source().release()).isEmpty();
        assertThat(spec.homes().source().path()).isEqualTo("/export/homes/astro");
        assertThat(spec.homes().existing()).isEqualTo(ExistingHomes.ADOPT_OWN);
        assertThat(spec.database().consents()).containsExactly(DatabaseConsent.LOSE_AUTH_STATE);
        assertThat(spec.dns().name()).isEqualTo("astro.example.org");
        assertThat(spec.dns().cutoverTtl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(spec.cutover())
                .isEqualTo(new MigrationSpec.Cutover(
                        Optional.of(Instant.parse("2026-12-05T01:00:00Z")),
                        Optional.of(Instant.parse("2026-12-05T03:00:00Z")),
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(Duration.ofMinutes(10)),
                        MigrationSpec.OnTrouble.PARK,
                        OnLateWrites.COPY_AGAIN));
        assertThat(spec.approvals()).isEqualTo(new MigrationSpec.Approvals(Duration.ofDays(3), true));
        assertThat(spec.soak()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void takesDefaultsForWhatIsLeftOut() {
        MigrationSpec spec = valid("""
                {"name": "astro",
                 "source": {"cluster": "old", "namespace": "astro", "release": null},
                 "target": {"cluster": "new", "namespace": "astro"},
                 "homes": {"source": {"storage": "nfs-old", "path": "/a"}, "target": {"storage": "nfs-new", "path": "/a"}},
                 "dns": {"zone": "example", "name": "astro.example.org"}}
                """);
        assertThat(spec.soak()).isEqualTo(MigrationSpec.DEFAULT_SOAK);
        assertThat(spec.dns().cutoverTtl()).isEqualTo(MigrationSpec.Dns.DEFAULT_CUTOVER_TTL);
        assertThat(spec.cutover()).isEqualTo(MigrationSpec.Cutover.ANY_TIME);
        assertThat(spec.approvals().expiry()).isEqualTo(MigrationSpec.Approvals.DEFAULT_EXPIRY);
        assertThat(spec.approvals().fourEyes()).isFalse();
        assertThat(spec.homes().existing()).isEqualTo(ExistingHomes.REFUSE);
        assertThat(spec.database().consents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"astro\"          | \"name\": 7             | #/name                  | is a number, not text",
                "\"name\": \"astro\"          | \"nane\": \"astro\"       | #/name                  | is missing",
                "\"name\": \"astro\"          | \"nane\": \"astro\"       | #/nane                  | 'nane' is not known here",
                "\"name\": \"astro\"          | \"name\": \"a\\u0000\"     | #/name                  | has the character U+0000",
                "\"name\": \"astro\"          | \"name\": \"a\\u001b[2J\"  | #/name                  | has the character U+001B",
                "\"old\", \"namespace\"       | \"odl\", \"namespace\"    | #/source/cluster        | no cluster connection is called 'odl'",
                "\"astro\"},                  | \"Astro\"},             | #/source/namespace      | must be 1 to 63 of a-z",
                "\"hub-1\"                    | \"hub_1\"               | #/target/release        | but was 'hub_1'",
                "\"cluster\": \"new\"         | \"cluster\": \"old\"     | #/target                | is the same hub as the source",
                "\"nfs-new\"                  | \"nfs-old\"             | #/homes/target          | is the same directory as the source's",
                "\"/export/homes/astro\"}     | \"/export/../astro\"}   | #/homes/target/path     | without '.', '..' or '//'",
                "ADOPT_OWN                    | ADOPT                   | #/homes/existing        | 'ADOPT' is not known",
                "[\"LOSE_AUTH_STATE\"]        | \"LOSE_AUTH_STATE\"     | #/database/consents     | is text, not a list",
                "LOSE_AUTH_STATE              | LOOSE_AUTH_STATE        | #/database/consents/0   | 'LOOSE_AUTH_STATE' is not known",
                "{\"consents\"                | {\"consent\"            | #/database/consent      | 'consent' is not known here",
                "Astro.Example.ORG.           | astro                   | #/dns/name              | no full DNS name",
                "Astro.Example.ORG.           | as_tro.example.org      | #/dns/name              | no full DNS name",
                "PT1M                         | a minute                | #/dns/cutoverTtl        | 'a minute' is no duration",
                "PT1M                         | -PT1M                   | #/dns/cutoverTtl        | is negative",
                "\"3d\"                       | \"0s\"                  | #/approvals/expiry      | leaves no time",
                "PT1M                         | 86401s                  | #/dns/cutoverTtl        | PT24H1S is too long",
                "\"3d\"                       | \"999999999d\"          | #/approvals/expiry      | is too long",
                "\"2h\"                       | \"367d\"                | #/soak                  | PT8808H is too long",
                "\"2h\"                       | \"PT2562047788015215H\" | #/soak                  | is too long",
                "\"2h\"                       | 7200                    | #/soak                  | is a number, not text",
                "02:00:00+01:00\"             | 04:00:00+01:00\"       | #/cutover/end           | is not after the start",
                "02:00:00+01:00\"             | 02:00:00\"             | #/cutover/start         | is no point in time",
                "\"2026-12-05T04              | \"+99999-12-05T04      | #/cutover/end           | is no point in time",
                "2026-12-05T04               | 2026-11-05T04           | #/cutover/end           | is not after the start",
                "\"start\": \"2026-12-05T02:00:00+01:00\", \"end\": \"2026-12-05T04 | \"end\": \"2026-11-05T04 | #/cutover/end | is past",
                "\"30m\"                      | \"0s\"                  | #/cutover/maxDowntime   | allows no downtime",
                "\"10m\"                      | \"0s\"                  | #/cutover/finalPassBudget | allows no final pass",
                "\"10m\"                      | \"-PT1M\"               | #/cutover/finalPassBudget | is negative",
                "\"10m\"                      | \"ten\"                 | #/cutover/finalPassBudget | 'ten' is no duration",
                "\"10m\"                      | \"31m\"                 | #/cutover/finalPassBudget | PT31M is longer than maxDowntime, PT30M",
                "\"PARK\"                     | \"WAIT\"                | #/cutover/onTrouble     | 'WAIT' is not known",
                "\"COPY_AGAIN\"               | \"COPY\"                | #/cutover/onLateWrites  | 'COPY' is not known",
                "true                         | \"yes\"                 | #/approvals/fourEyes    | is text, not true or false",
            })
    void saysWhatIsWrongAndWhere(String right, String wrong, String pointer, String detail) {
        assertThat(RIGHT).contains(right);
        assertThat(errors(RIGHT.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))))
                .anySatisfy(error -> {
                    assertThat(error.pointer()).isEqualTo(pointer);
                    assertThat(error.detail()).contains(detail);
                    assertThat(error.remedy()).isNotBlank();
                });
    }

    @Test
    void takesTheLongestTimesThatAreAllowed() {
        // When
        MigrationSpec spec = valid(RIGHT.replace("\"2h\"", "\"366d\"")
                .replace("\"3d\"", "\"366d\"")
                .replace("PT1M", "1d"));

        // Then
        assertThat(spec.soak()).isEqualTo(Duration.ofDays(366));
        assertThat(spec.approvals().expiry()).isEqualTo(Duration.ofDays(366));
        assertThat(spec.dns().cutoverTtl()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void takesABudgetAsLongAsTheDowntimeAndOneWithoutALimitOfTheDowntime() {
        assertThat(valid(RIGHT.replace("\"10m\"", "\"PT30M\"")).cutover().finalPassBudget())
                .contains(Duration.ofMinutes(30));
        assertThat(valid(RIGHT.replace("\"maxDowntime\": \"30m\",", "").replace("\"10m\"", "\"2h\""))
                        .cutover()
                        .finalPassBudget())
                .contains(Duration.ofHours(2));
        assertThat(valid(RIGHT.replace("\"finalPassBudget\": \"10m\",", ""))
                        .cutover()
                        .finalPassBudget())
                .isEmpty();
    }

    @Test
    void takesAMigrationBackOnLateWritesUnlessTheSpecSaysOtherwise() {
        assertThat(valid(RIGHT.replace(", \"onLateWrites\": \"COPY_AGAIN\"", ""))
                        .cutover()
                        .onLateWrites())
                .isEqualTo(OnLateWrites.TAKE_BACK);
    }

    @Test
    void refusesHomesInsideEachOther() {
        assertThat(errors(RIGHT.replace("nfs-new", "nfs-old").replace("astro/\"", "astro/old\"")))
                .singleElement()
                .satisfies(error -> assertThat(error.detail()).contains("is inside the other"));
    }

    @Test
    void saysOnceThatAPartIsNoObject() {
        assertThat(errors(RIGHT.replaceFirst("\\{\"zone.*?}", "\"astro.example.org\"")))
                .extracting(SpecError::pointer)
                .containsExactly("#/dns");
    }

    @Test
    void listsWhatIsMissingOfAnEmptySpec() {
        assertThat(errors("{}"))
                .extracting(SpecError::pointer)
                .containsExactly("#/name", "#/source", "#/target", "#/homes", "#/dns");
    }

    @Test
    void suggestsWhatWasMeant() {
        assertThat(Suggestions.nearest("cutover_ttl", Set.of("cutoverTtl", "name")))
                .contains("cutoverTtl");
        assertThat(Suggestions.nearest("speed", Set.of("soak", "name"))).isEqualTo(Optional.empty());
    }

    private MigrationSpec valid(String json) {
        return switch (read(json)) {
            case SpecReader.Read.Valid valid -> valid.spec();
            case SpecReader.Read.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }

    private List<SpecError> errors(String json) {
        return switch (read(json)) {
            case SpecReader.Read.Valid valid -> throw new AssertionError("no error in " + valid.spec());
            case SpecReader.Read.Invalid invalid -> invalid.errors();
        };
    }

    private SpecReader.Read read(String json) {
        try {
            return reader.read(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
