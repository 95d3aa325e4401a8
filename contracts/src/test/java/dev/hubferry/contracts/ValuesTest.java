package dev.hubferry.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.StepRef.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "homes",
                "/",
                "/export/../etc",
                "/export/./homes",
                "/export/homes/.",
                "/./export",
                "//export",
                "/a//b",
                "/a\nb"
            })
    void homesRefuseAPathThatIsNotBelowTheRoot(String path) {
        assertThatThrownBy(() -> new HomesRef("nfs-old", path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("path");
    }

    @Test
    void homesDropATrailingSlashSoThatOneDirectoryHasOneKey() {
        assertThat(new HomesRef("nfs-old", "/export/homes/").lockKey())
                .isEqualTo(new HomesRef("nfs-old", "/export/homes").lockKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Astro", "-astro", "astro_1", "a.b"})
    void hubsRefuseANamespaceThatKubernetesWouldRefuse(String namespace) {
        assertThatThrownBy(() -> new HubRef("old", namespace, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("namespace");
    }

    @Test
    void aBudgetForTheFinalPassIsAPartOfTheDowntime() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(cutover(minute, minute).finalPassBudget()).contains(minute);
        assertThatThrownBy(() -> cutover(minute, minute.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be longer than cutover.maxDowntime, but was PT1M1S and PT1M");
        assertThatThrownBy(() -> cutover(minute, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cutover.finalPassBudget must be longer than 0");
    }

    @Test
    void aForecastHasItsEndsInOrder() {
        Optional<Duration> second = Optional.of(Duration.ofSeconds(1));
        assertThatThrownBy(() -> new PassForecast(
                        Instant.EPOCH,
                        PassForecast.Basis.CHANGE_RATE,
                        second,
                        second,
                        Optional.of(Duration.ZERO),
                        Optional.of(1L),
                        Optional.of(1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in this order, but were PT1S, PT1S and PT0S");
    }

    private static MigrationSpec.Cutover cutover(Duration maxDowntime, Duration budget) {
        return new MigrationSpec.Cutover(
                Optional.empty(),
                Optional.empty(),
                Optional.of(maxDowntime),
                Optional.of(budget),
                MigrationSpec.OnTrouble.TAKE_BACK);
    }

    @Test
    void theSameAttemptAlwaysHasTheSameCommandId() {
        // Given
        MigrationId migration = new MigrationId("m1");

        // When
        MessageId first = MessageId.ofCommand(migration, new StepRef("close-source", Direction.DO, 1));
        MessageId undo = MessageId.ofCommand(migration, new StepRef("close-source", Direction.UNDO, 1));

        // Then
        assertThat(first).isEqualTo(new MessageId("m1/close-source/do/1"));
        assertThat(undo).isNotEqualTo(first);
    }

    @Test
    void migrationIdsFitLabelsAndPaths() {
        for (String good : List.of("m", "0", "astro-to-the-new-4k2m9x7q0d", "a".repeat(40), "z9-")) {
            assertThat(new MigrationId(good).value()).isEqualTo(good);
        }
        for (String bad : List.of("", " ", "-m", "M", "m_1", "m/1", "m 1", "ä", "m\n", "a".repeat(41))) {
            assertThatThrownBy(() -> new MigrationId(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ingressAddressesAreComparedWithoutCaseAndTrailingDot() {
        assertThat(new IngressAddress(IngressAddress.Kind.HOSTNAME, "LB.Example.org."))
                .isEqualTo(new IngressAddress(IngressAddress.Kind.HOSTNAME, "lb.example.org"));
    }

    @Test
    void severalProblemsAreOneRejectionThatListsThemAll() {
        // Given
        Problem first = new Problem(ErrorCode.TARGET_FULL, "nfs-new", "10 bytes free, 20 needed", "grow the disk");
        Problem second = new Problem(ErrorCode.TOOL_MISSING, "nfs-old", "no rsync", "install rsync");

        // When
        Rejected one = Rejected.of(List.of(first));
        Rejected both = Rejected.of(List.of(first, second));

        // Then
        assertThat(one.code()).isEqualTo(ErrorCode.TARGET_FULL);
        assertThat(both.code()).isEqualTo(ErrorCode.CHECKS_FAILED);
        assertThat(both.problems()).containsExactly(first, second);
    }
}
