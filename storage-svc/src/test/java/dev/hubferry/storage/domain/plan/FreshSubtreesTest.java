package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.PassReport.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How subtrees that the target lacks are divided. */
class FreshSubtreesTest {
    private final Passes passes = new Passes(new ChunkLimit(100, 50), 2);
    private final ModelTree source = passes.source;

    @Test
    void copiesAFreshHomeAsOneSubtree() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 40);
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().chunks).containsExactly(new Chunk(0, List.of("./ada"), true, false, 41, 40));
        assertThat(planned.plan().made).isEmpty();
        assertThat(planned.plan().attributes).isEmpty();
        assertThat(planned.totals().touchesHomesDirectory()).isTrue();
        assertThat(planned.totals().homes()).containsEntry("ada", new Amount(41, 40, 40));
    }

    @Test
    void keepsNamedHomesInChunksOfTheirOwn() throws InterruptedException {
        // Given homes that would fit into one chunk
        for (String home : List.of("./ada", "./bob", "./cleo", "./dora", "./eve")) {
            source.directoryWithFiles(home, 4);
        }
        passes.beginWith("dora", "nobody", "bob");
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().chunks)
                .extracting(chunk ->
                        String.join(
                                        " ",
                                        chunk.paths().stream()
                                                .filter(path -> path.lastIndexOf('/') == 1)
                                                .toList()) + " " + chunk.rank())
                .containsExactly(
                        "./ada " + HomeOrder.UNNAMED,
                        "./bob 2",
                        "./cleo " + HomeOrder.UNNAMED,
                        "./dora 0",
                        "./eve " + HomeOrder.UNNAMED);
    }

    @Test
    void listsASmallFreshDirectoryWithAllThatIsInIt() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 40);
        passes.sync();
        source.directoryWithFiles("./ada/new", 1);
        source.directoryWithFiles("./ada/new/below", 1);
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().paths(false, false))
                .containsExactly("./ada/new", "./ada/new/below", "./ada/new/100", "./ada/new/below/100");
        assertThat(planned.plan().attributes).containsExactlyInAnyOrder("./ada", "./ada/new", "./ada/new/below");
        assertThat(planned.totals().touchesHomesDirectory()).isFalse();
    }

    @Test
    void dividesAWhaleIntoSubtreesAndListsParentsFirst() throws InterruptedException {
        // Given
        source.directory("./whale");
        source.directoryWithFiles("./whale/a", 45);
        source.directory("./whale/b");
        source.directoryWithFiles("./whale/b/c", 49);
        source.directoryWithFiles("./whale/b/d", 2);
        source.file("./whale/b/f", 7);
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().made).containsExactly("./whale", "./whale/b");
        assertThat(planned.plan().attributes).containsExactly("./whale/b", "./whale");
        assertThat(planned.plan().paths(true, false)).containsExactly("./whale/a", "./whale/b/c", "./whale/b/d");
        assertThat(planned.plan().paths(false, false)).containsExactly("./whale/b/f");
    }

    @Test
    void keepsAHugeFileWhole() throws InterruptedException {
        // Given
        source.directory("./ada");
        source.file("./ada/a", 1);
        source.file("./ada/huge", 1_000_000);
        source.file("./ada/z", 1);
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().made).containsExactly("./ada");
        assertThat(planned.plan().chunks.stream().map(Chunk::paths))
                .containsExactly(List.of("./ada/a"), List.of("./ada/huge"), List.of("./ada/z"));
    }

    @Test
    void packsSmallSubtreesTogether() throws InterruptedException {
        // Given
        source.directory("./hub");
        for (int i = 0; i < 6; i++) {
            source.directoryWithFiles("./hub/" + i, 19);
        }
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().chunks.stream().map(Chunk::paths))
                .containsExactly(
                        List.of("./hub/0", "./hub/1"), List.of("./hub/2", "./hub/3"), List.of("./hub/4", "./hub/5"));
    }

    @Test
    void listsNotTooManyOfManySmallHomes() throws InterruptedException {
        // Given
        for (int i = 0; i < 100; i++) {
            source.directoryWithFiles("./home" + (100 + i), 31);
        }
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().paths(false, false)).hasSize(64 * 32);
        assertThat(planned.plan().paths(true, false)).hasSize(36);
    }
}
