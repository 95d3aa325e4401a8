package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves homes to a file system that keeps neither extended attributes nor ACLs: ramfs. */
class LossesTest {
    private static final HomesOptions ACCEPTED =
            new HomesOptions(List.of(), Optional.empty(), Set.of(HomesConsent.LOSE_ATTRIBUTES, HomesConsent.LOSE_ACLS));

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private boolean mounted;

    @BeforeEach
    void start() throws Exception {
        hosts = new TwoHosts(directory);
        SharedTools.generate(hosts.sourceHomes, "--scale", "0.02", "--users", "4", "--mb", "10", "--seed", "7");
        Path shared = Files.writeString(hosts.sourceHomes.resolve("user001/shared"), "by acl");
        assertThat(run("setfacl", "-m", "u:4711:rw", shared.toString())).isZero();
        assertThat(run("setfattr", "-n", "user.note", "-v", "kept nowhere", shared.toString()))
                .isZero();
    }

    private void mount() throws Exception {
        mounted = run("mount", "-t", "ramfs", "ramfs", parent().toString()) == 0;
        assumeTrue(mounted, "skipped: a ramfs cannot be mounted here");
    }

    @AfterEach
    void stop() throws Exception {
        hosts.close();
        if (mounted) {
            // A runner that has just ended may still be in there.
            Await.until("umount", Duration.ofMinutes(1), () -> run("umount", parent().toString()) == 0);
        }
    }

    @ParameterizedTest(name = "with rsync: {0}")
    @ValueSource(booleans = {true, false})
    void movesAllElseWhenTheLossIsAccepted(boolean withRsync) throws Exception {
        // Given
        hosts.hideRsync(withRsync);
        mount();
        WholeMove move = new WholeMove(hosts, ACCEPTED);
        // When
        move.seed(2);
        SharedTools.generate(hosts.sourceHomes, "--mutate", "20", "--seed", "2", "--active", "1");
        Receipt receipt = move.finish();
        // Then
        SharedTools.assertEqualTrees(stripped(), hosts.targetHomes);
        assertThat(receipt.users()).isEqualTo(4);
        assertThat(receipt.options()).contains(ACCEPTED);
    }

    @Test
    void losesNothingWhereEverythingCanBeKept() throws Exception {
        // Given
        WholeMove move = new WholeMove(hosts, ACCEPTED);
        // When
        move.seed(1);
        Receipt receipt = move.finish();
        // Then
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
        assertThat(receipt.options()).isEmpty();
    }

    @Test
    void doesNotGoOnWithoutConsent() throws Exception {
        // Given
        mount();
        // When, Then: a ramfs does not say how much room it has
        assertThat(problems(HomesOptions.NONE).stream().filter(problem -> problem.code() != ErrorCode.TARGET_FULL))
                .hasSize(2)
                .allSatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.ATTRIBUTES_UNSUPPORTED);
                    assertThat(problem.remedy()).containsPattern("LOSE_(ACLS|ATTRIBUTES) in homes.consents");
                });
        assertThat(problems(ACCEPTED)).extracting(Problem::code).containsOnly(ErrorCode.TARGET_FULL);
        assertThatThrownBy(() -> new WholeMove(hosts, HomesOptions.NONE).seed(1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Operation not supported");
    }

    private List<Problem> problems(HomesOptions options) throws InterruptedException {
        try {
            var unused = new CheckHomes(hosts.inspector())
                    .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE, options);
            return List.of();
        } catch (Refusal refusal) {
            return refusal.rejected().problems();
        }
    }

    /** A copy on a file system like the target's, by other means. */
    private Path stripped() throws IOException, InterruptedException {
        Path copy = parent().resolve("expected");
        // Holes that were read take room in a ramfs, and those of the homes have been.
        String command =
                "rsync -aHS --numeric-ids --modify-window=-1 -- \"$1/\" \"$2/\" && find \"$2\" -type f -exec cat {} +";
        assertThat(run("sh", "-c", command, "sh", hosts.sourceHomes.toString(), copy.toString()))
                .isZero();
        return copy;
    }

    private Path parent() {
        return hosts.targetHomes.resolveSibling(".").normalize();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
