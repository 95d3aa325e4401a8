package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesOwner;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves homes of many owners to a hub that runs everyone as one. */
class OwnershipTest {
    private static final int ODD = 23_456;
    private static final HomesOptions OPTIONS =
            new HomesOptions(List.of(), Optional.of(new HomesOwner(1000, 100)), Set.of());
    private static final HomesOptions WITHOUT_ACLS =
            new HomesOptions(List.of(), OPTIONS.ownership(), Set.of(HomesConsent.LOSE_ACLS));

    @TempDir
    Path directory;

    private TwoHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @ParameterizedTest(name = "with rsync: {0}")
    @ValueSource(booleans = {true, false})
    void givesEverythingToOneOwnerAndKeepsAllElse(boolean withRsync) throws Exception {
        // Given
        hosts.hideRsync(withRsync);
        SharedTools.generate(hosts.sourceHomes, "--scale", "0.02", "--users", "6", "--mb", "20", "--seed", "7");
        Path home = homes().getFirst();
        Path program = odd(Files.writeString(home.resolve("setuid"), "#!/bin/true"));
        Files.setAttribute(program, "unix:mode", 06755);
        shell("setfacl -m u:4711:r,g:4712:rw -- " + quoted(odd(Files.writeString(home.resolve("shared"), "by acl"))));
        Path group = odd(Files.createDirectories(home.resolve("group's")));
        Files.setAttribute(group, "unix:mode", 02770);
        odd(Files.createSymbolicLink(home.resolve("link"), Path.of("nowhere")));
        shell("mkfifo -- " + quoted(home.resolve("pipe")));
        odd(home.resolve("pipe"));
        WholeMove move = new WholeMove(hosts, WITHOUT_ACLS);
        // When
        move.seed(2);
        SharedTools.generate(hosts.sourceHomes, "--mutate", "20", "--seed", "2", "--active", "1");
        odd(home.resolve("shared"));
        Files.setAttribute(program, "unix:mode", 04711);
        odd(Files.writeString(home.resolve("new"), "new"));
        Receipt receipt = move.finish();
        long quiet = move.confirmQuiet();
        // Then
        SharedTools.assertEqualTrees(given(hosts.sourceHomes), hosts.targetHomes);
        Path copy = hosts.targetHomes.resolve(home.getFileName());
        assertThat(Files.getAttribute(copy.resolve("setuid"), "unix:mode")).isEqualTo(0104711);
        assertThat(Files.getAttribute(copy.resolve("link"), "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(1000);
        assertThat(Files.getAttribute(hosts.targetHomes, "unix:gid")).isEqualTo(100);
        assertThat(receipt.users()).isEqualTo(6);
        assertThat(receipt.options()).contains(WITHOUT_ACLS);
        assertThat(quiet).isEqualTo(receipt.entries());
    }

    @Test
    void doesNothingWhenNothingHasChangedAndMendsAnOwner() throws Exception {
        // Given
        SmallTree.make(hosts.sourceHomes, 1);
        odd(hosts.sourceHomes.resolve("ada/notes.txt"));
        shell("setfacl -d -m g::rwx -- " + quoted(hosts.sourceHomes.resolve("ada/deep")));
        WholeMove move = new WholeMove(hosts, OPTIONS);
        CopyFaultsTest.awaitQuiet(hosts.sourceHomes);
        move.seed(2);
        Path run = Path.of(TargetPlaces.of(hosts.route).run());
        assertThat(run.resolve("pass-2/nothing")).exists();
        odd(hosts.targetHomes.resolve("ada/rich"));
        // When
        Receipt receipt = move.finish();
        // Then
        assertThat(run.resolve("pass-3/nothing")).doesNotExist();
        assertThat(Files.getAttribute(hosts.targetHomes.resolve("ada/rich"), "unix:uid"))
                .isEqualTo(1000);
        assertThat(receipt.users()).isEqualTo(5);
        assertThat(receipt.options()).contains(OPTIONS);
        shell("setfacl -k -- " + quoted(hosts.targetHomes.resolve("ada/deep")));
        assertThatThrownBy(move::verify)
                .hasMessageContaining("1 entries differ: ./ada/deep: extended attributes or ACL");
    }

    @Test
    void refusesRightsOfOthersUnlessTheirLossIsAccepted() throws Exception {
        // Given: rsync would give them to the new owner in some passes, and in others not
        SmallTree.make(hosts.sourceHomes, 1);
        Path cached = Files.createDirectories(hosts.sourceHomes.resolve("ada/.cache/a\nb"))
                .resolve("x");
        shell("setfacl -m g:4711:r -- " + quoted(Files.writeString(cached, "x")));
        HomesOptions uncached = new HomesOptions(List.of(".cache"), OPTIONS.ownership(), Set.of());
        // When, Then
        assertThat(problems(OPTIONS)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.ATTRIBUTES_UNSUPPORTED);
            assertThat(problem.detail()).contains("users or groups other than a file's own");
            assertThat(problem.remedy()).contains("LOSE_ACLS in homes.consents");
        });
        assertThat(problems(WITHOUT_ACLS)).isEmpty();
        assertThat(problems(uncached)).isEmpty();
        assertThat(problems(HomesOptions.NONE)).isEmpty();
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

    @Test
    void saysWhoseEverythingBecomes() throws Exception {
        // Given
        SmallTree.make(hosts.sourceHomes, 1);
        // When
        var checked = new CheckHomes(hosts.inspector())
                .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE, OPTIONS);
        // Then
        assertThat(checked.notices())
                .extracting(Notice::text)
                .anyMatch(text -> text.contains("belongs to 1000:100 on the target"));
    }

    /** Of nobody else. */
    private static Path odd(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", ODD, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", ODD + 1, LinkOption.NOFOLLOW_LINKS);
        return path;
    }

    private List<Path> homes() throws IOException {
        try (Stream<Path> paths = Files.list(hosts.sourceHomes)) {
            return paths.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /** A copy that was given to the new owner, and has lost its ACLs, by other means; permission bits stay as they are shown. */
    private Path given(Path homes) throws Exception {
        Path copy = directory.resolve("expected");
        shell("cp -a -- %s %s".formatted(quoted(homes), quoted(copy)));
        shell("find %s -exec setfattr -h -x system.posix_acl_access {} + 2>/dev/null || :".formatted(quoted(copy)));
        try (Stream<Path> paths = Files.walk(copy)) {
            for (Path path : paths.toList()) {
                Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:uid", 1000, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", 100, LinkOption.NOFOLLOW_LINKS);
                if (!Files.isSymbolicLink(path)) {
                    // To give a file away takes setuid and setgid from it.
                    Files.setAttribute(path, "unix:mode", (int) mode & 07777);
                }
            }
        }
        return copy;
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    private static void shell(String command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor())
                .as(command)
                .isZero();
    }
}
