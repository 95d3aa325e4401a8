package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Moves homes without some of what is in them; the judge's idea of that is rsync's own filter. */
class ExcludeTest {
    private static final HomesOptions OPTIONS =
            new HomesOptions(List.of(".cache", "*.tmp", "work/*/scratch"), Optional.empty(), Set.of());
    private static final List<String> RSYNC_FILTER =
            List.of("--exclude=.cache", "--exclude=*.tmp", "--exclude=/*/work/*/scratch");
    private static final int EXCLUDED_IN_A_HOME = 9;

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
    void movesAllElseAndNeitherDeletesNorComparesWhatIsExcluded(boolean withRsync) throws Exception {
        // Given
        hosts.hideRsync(withRsync);
        SharedTools.generate(hosts.sourceHomes, "--scale", "0.02", "--users", "6", "--mb", "20", "--seed", "5");
        List<Path> homes = homes(hosts.sourceHomes);
        for (Path home : homes) {
            litter(home);
        }
        WholeMove move = new WholeMove(hosts, OPTIONS);
        // When
        move.seed(2);
        SharedTools.generate(hosts.sourceHomes, "--mutate", "20", "--seed", "2", "--active", "1");
        Path first = homes.getFirst();
        Path copy = hosts.targetHomes.resolve(first.getFileName());
        assertThat(copy.resolve("work/a/keep")).exists();
        Files.writeString(first.resolve(".cache/more"), "more");
        Files.writeString(first.resolve("more.tmp"), "more");
        Files.delete(first.resolve("work/a/keep"));
        Files.writeString(Files.createDirectories(copy.resolve(".cache")).resolve("theirs"), "stays");
        litter(Files.createDirectories(first.resolve("new/in/it")));
        Receipt receipt = move.finish();
        long quiet = move.confirmQuiet();
        // Then
        SharedTools.assertEqualTrees(sieved(hosts.sourceHomes, "expected"), sieved(hosts.targetHomes, "moved"));
        assertThat(copy.resolve(".cache")).isDirectoryContaining(path -> path.endsWith("theirs"));
        try (Stream<Path> paths = Files.walk(hosts.targetHomes)) {
            assertThat(paths).noneMatch(path -> path.getFileName().toString().endsWith(".tmp"));
        }
        assertThat(receipt.users()).isEqualTo(6);
        assertThat(receipt.options()).contains(OPTIONS);
        assertThat(quiet).isEqualTo(receipt.entries());
    }

    @Test
    void countsApartWhatStaysBehind() throws Exception {
        // Given
        SmallTree.make(hosts.sourceHomes, 1);
        litter(hosts.sourceHomes.resolve("ada"));
        Files.writeString(
                Files.createDirectories(hosts.sourceHomes.resolve(".cache")).resolve("a.txt"), "a home");
        // When
        var checked = new CheckHomes(hosts.inspector())
                .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE, OPTIONS);
        var all = new CheckHomes(hosts.inspector())
                .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE);
        // Then
        assertThat(checked.entries()).isEqualTo(all.entries() - EXCLUDED_IN_A_HOME);
        assertThat(checked.users()).isEqualTo(all.users());
        assertThat(checked.notices())
                .extracting(Notice::text)
                .contains(EXCLUDED_IN_A_HOME + " entries with 22 bytes of content stay behind, as homes.exclude says");
        assertThat(all.notices()).extracting(Notice::text).noneMatch(text -> text.contains("exclude"));
    }

    @Test
    void takesOnlyWhatIsMovedForALateWrite() throws Exception {
        // Given
        SmallTree.make(hosts.sourceHomes, 1);
        Path ada = hosts.sourceHomes.resolve("ada");
        litter(ada);
        WholeMove move = new WholeMove(hosts, OPTIONS);
        move.seed(1);
        var unused = move.finish();
        // When, Then
        Files.writeString(ada.resolve("a\nb.tmp"), "written late");
        assertThat(move.confirmQuiet()).isPositive();
        Files.writeString(ada.resolve("work/a/keep"), "written late");
        assertThatThrownBy(move::confirmQuiet)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("1 entries were written")
                .hasMessageContaining("work/a/keep");
    }

    /** Nine entries that match, four of them files, of which two have names that do not match; and some more that do not. */
    private static void litter(Path home) throws IOException {
        Files.createDirectories(home.resolve(".cache/pip"));
        Files.writeString(home.resolve(".cache/pip/x"), "cached");
        Files.createDirectories(home.resolve("work/a/scratch"));
        Files.writeString(home.resolve("work/a/scratch/y"), "scrap.");
        Files.writeString(home.resolve("work/a/keep"), "kept");
        Files.createDirectories(home.resolve("work/a/b/scratch"));
        Files.writeString(home.resolve("work/a/b/scratch/kept too"), "kept");
        Files.writeString(home.resolve("a\nb.tmp"), "temp..");
        Files.createLink(home.resolve("work/name"), home.resolve(".cache/pip/x"));
        Files.createLink(home.resolve("other name"), home.resolve(".cache/pip/x"));
        Files.createLink(home.resolve("work/a/b/y.tmp"), home.resolve("work/a/keep"));
        Files.createSymbolicLink(home.resolve("work/link.tmp"), Path.of("a"));
        Files.createSymbolicLink(home.resolve(".cache/link"), Path.of("pip"));
    }

    private static List<Path> homes(Path homes) throws IOException {
        try (Stream<Path> paths = Files.list(homes)) {
            return paths.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /** A copy without what rsync's filter takes for excluded. */
    private Path sieved(Path homes, String name) throws Exception {
        Path copy = directory.resolve(name);
        List<String> command = new ArrayList<>(List.of("rsync", "-aHAXS", "--numeric-ids"));
        command.addAll(RSYNC_FILTER);
        command.addAll(List.of(homes + "/", copy + "/"));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return copy;
    }
}
