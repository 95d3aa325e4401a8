package dev.hubferry.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hubferry.contracts.StepRef.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
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

    @Test
    void readsWhatAnEarlierVersionSaysOfTheFinalPass() throws JsonProcessingException {
        // Given
        ObjectMapper json = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());
        HomesRef old = new HomesRef("old", "/a");
        PassReport pass = new PassReport(2, PassReport.Kind.FINAL, Instant.EPOCH, Instant.EPOCH, 1, 1, 1, 0);
        ObjectNode command = json.valueToTree(new StorageCommand.SyncFinal(old, new HomesRef("new", "/a")));
        ObjectNode reply = json.valueToTree(new StorageReply.HomesSynced(pass));
        ObjectNode cutover = json.valueToTree(MigrationSpec.Cutover.ANY_TIME);

        // When
        command.remove("onLateWrites");
        reply.remove("repeats");
        cutover.remove("onLateWrites");

        // Then
        assertThat(json.treeToValue(command, StorageCommand.SyncFinal.class).onLateWrites())
                .isEqualTo(OnLateWrites.TAKE_BACK);
        assertThat(json.treeToValue(reply, StorageReply.HomesSynced.class).repeats())
                .isEmpty();
        assertThat(json.treeToValue(cutover, MigrationSpec.Cutover.class)).isEqualTo(MigrationSpec.Cutover.ANY_TIME);
    }

    @Test
    void readsAsAnyOrderWhatAnEarlierVersionSaysOfTheSeed() throws JsonProcessingException {
        // Given
        ObjectMapper json = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());
        HubFacts facts = new HubFacts(
                "astro",
                "hub:3",
                "3.0.0",
                "10.0.0.1",
                "/a",
                new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.1"),
                0,
                List.of());
        ObjectNode reply = json.valueToTree(new K8sReply.SourceChecked(facts, List.of("ada")));
        ObjectNode command = json.valueToTree(new StorageCommand.SeedHomes(
                new HomesRef("old", "/a"),
                new HomesRef("new", "/a"),
                ExistingHomes.REFUSE,
                List.of("ada"),
                Optional.empty()));

        // When
        reply.remove("activeHomes");
        command.remove("activeFirst");

        // Then
        assertThat(json.treeToValue(reply, K8sReply.SourceChecked.class)).isEqualTo(new K8sReply.SourceChecked(facts));
        assertThat(json.treeToValue(command, StorageCommand.SeedHomes.class).activeFirst())
                .isEmpty();
    }

    @Test
    void aRepeatedPassNamesNoMoreThanWasWritten() {
        PassReport pass = new PassReport(3, PassReport.Kind.FINAL, Instant.EPOCH, Instant.EPOCH, 1, 1, 1, 0);
        assertThat(new RepeatedPass(0, List.of(), pass).paths()).isEmpty();
        assertThatThrownBy(() -> new RepeatedPass(1, List.of("./a", "./b"), pass))
                .hasMessageContaining("not more than the 1 written, but were 2");
        assertThatThrownBy(() -> new RepeatedPass(99, Collections.nCopies(21, "./a"), pass))
                .hasMessageContaining("at most 20");
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
