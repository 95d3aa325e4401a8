package dev.hubferry.db.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaVerdictTest {
    private static final String V1 = "4dc2d5a8c53c";
    private static final String V2 = "833da8570507";
    private static final String V3 = "651f5419b74d";
    private static final String V5 = "4621fec11365";

    @ParameterizedTest
    @CsvSource({
        V1 + ", 1.5.0, Fits",
        V1 + ", 5.2.1, WillBeUpgraded",
        V2 + ", 2.3.1, Fits",
        V3 + ", 3.0.0, Fits",
        V3 + ", v3.1, Fits",
        V3 + ", 4.1.5, WillBeUpgraded",
        V3 + ", 2.0.0, TooNew",
        V5 + ", 4.1.5, TooNew",
        V5 + ", 5.5.0, Fits",
        V5 + ", 6.0.0, Fits",
        V3 + ", latest, CannotTell",
        "abcdef012345, 5.0.0, CannotTell"
    })
    void comparesReleasesByTheVersionThatLabelsTell(String head, String version, String expected) {
        // Given
        HubVersion target = new HubVersion.Known(version, "label");

        // When
        SchemaVerdict verdict = SchemaVerdict.of(head, Set.of(), target, Optional.empty());

        // Then
        assertThat(verdict.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void believesTheImageMoreThanTheLabel() {
        // Given
        HubVersion label = new HubVersion.Known("5.0.0", "label");

        // When
        SchemaVerdict verdict = SchemaVerdict.of(V5, Set.of(V1, V2, V3), label, Optional.empty());

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        SchemaVerdict.TooNew.class,
                        tooNew -> assertThat(tooNew.detail()).contains(V5, "JupyterHub 5.x"));
    }

    @Test
    void acceptsAnyRevisionThatTheImageKnows() {
        // Given
        String older = "3ec6993fe20c";

        // When
        SchemaVerdict verdict = SchemaVerdict.of(older, Set.of(older, V1), new HubVersion.Unknown(), Optional.empty());

        // Then
        assertThat(verdict).isInstanceOf(SchemaVerdict.Fits.class);
    }

    @Test
    void saysThatTheImageWillUpgrade() {
        // When
        SchemaVerdict verdict = SchemaVerdict.of(V2, Set.of(V1, V2, V3), new HubVersion.Unknown(), Optional.empty());

        // Then
        assertThat(verdict).isInstanceOf(SchemaVerdict.WillBeUpgraded.class);
    }

    @Test
    void learnsFromTheTargetsOwnDatabaseWhenNothingElseTells() {
        // Given
        HubVersion unknown = new HubVersion.Unknown();

        // When // Then
        assertThat(SchemaVerdict.of(V3, Set.of(), unknown, Optional.of(V3))).isInstanceOf(SchemaVerdict.Fits.class);
        assertThat(SchemaVerdict.of(V5, Set.of(), unknown, Optional.of(V3))).isInstanceOf(SchemaVerdict.TooNew.class);
        assertThat(SchemaVerdict.of("strange", Set.of(), unknown, Optional.of("strange")))
                .isInstanceOf(SchemaVerdict.Fits.class);
        assertThat(SchemaVerdict.of(V3, Set.of(), unknown, Optional.empty()))
                .isInstanceOf(SchemaVerdict.CannotTell.class);
    }

    @Test
    void namesAHeadThatNobodyKnows() {
        // When
        SchemaVerdict verdict =
                SchemaVerdict.of("deadbeef0000", Set.of(), new HubVersion.Known("3.0.0", "label"), Optional.of(V3));

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        SchemaVerdict.CannotTell.class,
                        unknown -> assertThat(unknown.detail()).contains("deadbeef0000"));
    }
}
