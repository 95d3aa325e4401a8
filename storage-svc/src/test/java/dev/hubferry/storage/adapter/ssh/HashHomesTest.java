package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.HashHomes.Hashed;
import dev.hubferry.storage.domain.HashHomes.Pace;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Superseded;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashHomesTest {
    /** Files of {@link SmallTree}, hard links counted once. */
    private static final int FILES = 4 * 16;

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private FakeRun seed;
    private FakeRun verify;

    @BeforeEach
    void copy() throws Exception {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        PlainCopy.of(hosts);
        seed = hosts.run.then("seed-homes/do/1");
        verify = hosts.run.then("verify-homes/do/1");
    }

    @AfterEach
    void stop() throws IOException {
        try (Stream<Path> spools = Files.list(directory.resolve("spools"))) {
            assertThat(spools).isEmpty();
        }
        assertNoScratch();
        hosts.close();
    }

    private void assertNoScratch() {
        Await.until("scripts to leave no scratch", LONG, () -> {
            try (Stream<Path> all = Files.walk(directory)) {
                return all.map(path -> path.getFileName().toString())
                        .noneMatch(name -> name.matches("(scan|hash|attributes|put)\\.[0-9]+"));
            }
        });
    }

    @Test
    void givesTheSameReceiptWithHashesOfBeforeAndWithFreshOnes() throws Exception {
        // Given
        Receipt fresh = verify();
        // When
        Hashed hashed = hosts.hashing().hash(hosts.route, seed);
        Receipt reusing = verify();
        // Then
        assertThat(hashed.source().made()).isEqualTo(FILES);
        assertThat(hashed.target().made()).isEqualTo(FILES);
        assertThat(hashed.source().left() + hashed.target().left()).isZero();
        assertThat(fresh.hashesMade()).hasValue(FILES);
        assertThat(fresh.hashesReused()).hasValue(0);
        assertThat(reusing.hashesMade()).hasValue(0);
        assertThat(reusing.hashesReused()).hasValue(FILES);
        assertThat(reusing.rootHash()).isEqualTo(fresh.rootHash());
        assertThat(reusing.perUser()).isEqualTo(fresh.perUser());
        assertThat(reusing.perUser().orElseThrow().rows()).hasSize(5).anySatisfy(row -> {
            assertThat(row.user()).isEqualTo("jo s\u00e9");
            assertThat(row.files()).isEqualTo(18);
        });
        assertThat(seed.progress()).anySatisfy(progress -> {
            assertThat(progress.filesDone()).isEqualTo(2 * FILES);
            assertThat(progress.bytesDone()).isEqualTo(progress.bytesTotal()).isPositive();
        });
    }

    @Test
    void readsOnlyWhatChangedSince() throws Exception {
        // Given
        hosts.hashing().hash(hosts.route, seed);
        SmallTree.editUnseen(hosts.sourceHomes.resolve("ada/rich"));
        Files.writeString(hosts.sourceHomes.resolve("grace/new"), "new");
        Files.delete(hosts.sourceHomes.resolve("grace/private"));
        PlainCopy.sync(hosts);
        // When
        Hashed again = hosts.hashing().hash(hosts.route, seed);
        Hashed idle = hosts.hashing().hash(hosts.route, seed);
        // Then
        assertThat(again.source().made()).isEqualTo(2);
        assertThat(again.source().reused()).isEqualTo(FILES - 2);
        assertThat(again.target().made()).isEqualTo(2);
        assertThat(idle.source().made() + idle.target().made()).isZero();
        assertThat(verify().hashesReused()).hasValue(FILES);
    }

    @Test
    void findsAnEditWithinTheSameCoarseTickAsTheHash() throws Exception {
        // Given
        coarse(hosts.source.home());
        coarse(hosts.target.home());
        Path file = hosts.targetHomes.resolve("ada/rich");
        CopyFaultsTest.tool(hosts.target.home(), "sync", "chmod 644 \"%s\"; exec /usr/bin/sync \"$@\"".formatted(file));
        CopyFaultsTest.tool(hosts.target.home(), "sha256sum", """
                /usr/bin/sha256sum "$@"
                code=$?
                case "$*" in *ada/rich*)
                    printf '\\377' | dd of="%1$s" bs=1 conv=notrunc 2>/dev/null
                    touch -d '2001-02-03 04:05:06.000000001 UTC' "%1$s" ;;
                esac
                exit $code""".formatted(file));
        // When
        Hashed hashed =
                hosts.hashing(new Pace(Duration.ofSeconds(30), Duration.ZERO)).hash(hosts.route, seed);
        Files.delete(hosts.target.home().resolveSibling("bin/sha256sum"));
        Files.delete(hosts.target.home().resolveSibling("bin/sync"));
        // Then
        assertThat(hashed.target().left()).isPositive();
        assertThatThrownBy(this::verify)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().detail())
                                .isEqualTo("1 entries differ: ./ada/rich: content differs"));
    }

    /** Ctimes of whole seconds. */
    private static void coarse(Path home) throws IOException {
        CopyFaultsTest.tool(home, "find", """
                for word; do
                    shift
                    set -- "$@" "$(printf %s. "$word" | sed 's/%C@/%Cs.0000000000/g')"
                done
                for word; do
                    shift
                    set -- "$@" "${word%.}"
                done
                exec /usr/bin/find "$@\"""");
    }

    @Test
    void refusesNamingAFileThatCannotBeRead() throws Exception {
        // Given
        CopyFaultsTest.tool(
                hosts.source.home(),
                "sha256sum",
                "/usr/bin/sha256sum \"$@\" | sed -z /private/d; echo 'sha256sum: ./ada/private: Input/output error' >&2; exit 1");
        // When, Then
        Hashed hashed = hosts.hashing().hash(hosts.route, seed);
        assertThat(hashed.source().left()).isEqualTo(4);
        assertThat(hashed.source().errors()).contains("Input/output error");
        assertThat(hashed.target().left()).isZero();
        assertThatThrownBy(this::verify).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE);
            assertThat(refusal.rejected().detail()).contains("'./ada/private'", "Input/output error");
        });
    }

    @Test
    void usesNoHashOfAFileThatChangesWhileItIsHashed() throws Exception {
        // Given
        Path file = hosts.sourceHomes.resolve("ada/rich");
        String change = "/usr/bin/sha256sum \"$@\"; /usr/bin/touch -r \"%s\" \"%s\"".formatted(file, file);
        CopyFaultsTest.tool(hosts.source.home(), "sha256sum", change);
        // When, Then
        Hashed hashed = hosts.hashing().hash(hosts.route, seed);
        assertThat(hashed.source().left()).isEqualTo(1);
        assertThatThrownBy(this::verify).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
            assertThat(refusal.rejected().detail()).contains("'./ada/rich'");
        });
        Files.delete(hosts.source.home().resolveSibling("bin/sha256sum"));
        assertThat(verify().hashesMade()).hasValue(1);
    }

    @Test
    void saysNothingOfAFileWhoseHashIsCutOff() throws Exception {
        // Given
        CopyFaultsTest.tool(hosts.source.home(), "sha256sum", "/usr/bin/sha256sum \"$@\" | head -c -3; exit 1");
        // When
        Hashed hashed = hosts.hashing().hash(hosts.route, seed);
        // Then
        assertThat(hashed.source().made()).isZero();
        assertThat(hashed.source().left()).isEqualTo(FILES);
    }

    @Test
    void goesOnWithoutFilesThatVanish() throws Exception {
        // Given
        Path file = hosts.sourceHomes.resolve("ada/rich");
        String remove = "rm -f \"%s\"; exec /usr/bin/sha256sum \"$@\"".formatted(file);
        CopyFaultsTest.tool(hosts.source.home(), "sha256sum", remove);
        // When
        Hashed hashed = hosts.hashing().hash(hosts.route, seed);
        // Then
        assertThat(hashed.source().left()).isEqualTo(1);
        assertThat(hashed.source().made()).isEqualTo(FILES - 1);
        assertThat(hashed.source().errors()).contains("No such file or directory");
    }

    @Test
    void keepsWhatItHasWhenItIsInterrupted() throws Exception {
        // Given
        CopyFaultsTest.awaitQuiet(hosts.sourceHomes);
        Path late = Files.writeString(hosts.sourceHomes.resolve("grace/late"), "late");
        CopyFaultsTest.tool(hosts.source.home(), "sha256sum", """
                case "$*" in *late*) exec sleep 7778 ;; esac
                exec /usr/bin/sha256sum "$@\"""");
        CompletableFuture<String> ended = new CompletableFuture<>();
        Thread hashing = Thread.ofVirtual().start(() -> {
            try {
                hosts.hashing(new Pace(Duration.ZERO, Duration.ZERO)).hash(hosts.route, seed);
                ended.complete("well");
            } catch (InterruptedException e) {
                ended.complete("interrupted");
            }
        });
        Path run = Path.of(TargetPlaces.of(hosts.route).run());
        Await.until("hashes to be kept", LONG, () -> Files.exists(run.resolve("hashes/source")));
        // When
        hashing.interrupt();
        // Then
        assertThat(ended).succeedsWithin(LONG).isEqualTo("interrupted");
        assertNoScratch();
        Files.delete(hosts.source.home().resolveSibling("bin/sha256sum"));
        Hashed again = hosts.hashing().hash(hosts.route, seed.takenOver());
        assertThat(again.source().reused()).isEqualTo(FILES);
        assertThat(again.source().made()).isEqualTo(1);
        Files.delete(late);
    }

    @Test
    void usesNothingOfAStoreThatIsLostOrDamaged() throws Exception {
        // Given
        hosts.hashing().hash(hosts.route, seed);
        Path hashes = Path.of(TargetPlaces.of(hosts.route).run()).resolve("hashes");
        byte[] whole = Files.readAllBytes(hashes.resolve("source"));
        whole[whole.length / 2] ^= 4;
        Files.write(hashes.resolve("source"), whole);
        // When, Then
        assertThat(verify().hashesReused()).hasValue(0);
        Hashed again = hosts.hashing().hash(hosts.route, seed);
        assertThat(again.source().made()).isEqualTo(FILES);
        assertThat(again.target().reused()).isEqualTo(FILES);
        Files.delete(hashes.resolve("target"));
        assertThat(verify().hashesReused()).hasValue(0);
    }

    @Test
    void keepsNothingForARunThatWasReplaced() throws Exception {
        // Given
        new RunDirectory(hosts.hosts.shell("new"), TargetPlaces.of(hosts.route).run(), seed.takenOver()).put("x", "1");
        // When, Then
        assertThatThrownBy(() -> hosts.hashing().hash(hosts.route, seed)).isInstanceOf(Superseded.class);
        assertThat(Path.of(TargetPlaces.of(hosts.route).run()).resolve("hashes"))
                .doesNotExist();
    }

    private Receipt verify() throws InterruptedException {
        return hosts.verification().verify(hosts.route, verify).receipt();
    }
}
