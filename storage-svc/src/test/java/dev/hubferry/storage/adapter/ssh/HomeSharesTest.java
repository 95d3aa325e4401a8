package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.domain.plan.Amount;
import dev.hubferry.storage.domain.plan.Batch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HomeSharesTest {
    private static final long ENTRY = Batch.ENTRY_WEIGHT;

    private static Batch batch(Integer... chunks) {
        return new Batch(List.of(chunks), true, false, 1, 1, 0);
    }

    @Test
    void dividesChunksAmongTheirHomes() {
        // Given: ada has a chunk of her own and a part of another one, which is all of bob.
        HomeShares.Builder builder = new HomeShares.Builder();
        builder.chunk(List.of("ada"), 10 * ENTRY + 1_000);
        builder.chunk(List.of("ada", "bob"), 6 * ENTRY + 500);
        // When
        HomeShares shares = builder.build(
                Map.of(
                        "ada", new Amount(12, 9, 1_200),
                        "bob", new Amount(4, 3, 300),
                        "eve", Amount.NONE),
                Map.of("batch-1", batch(0), "batch-2", batch(1)));
        // Then
        assertThat(shares.rows())
                .containsExactlyInAnyOrder(
                        new HomeShares.Row(
                                "ada", 9, 1_200, Map.of("batch-1", 10 * ENTRY + 1_000, "batch-2", 2 * ENTRY + 200)),
                        new HomeShares.Row("bob", 3, 300, Map.of("batch-2", 4 * ENTRY + 300)));
    }

    @Test
    void readsWhatItHasWritten() {
        // Given
        HomeShares.Row row = new HomeShares.Row("a b:c\n\u00ff", 3, 400, Map.of("batch-00001", 5L, "batch-00012", 7L));
        // When
        String text = new String(new HomeShares(List.of(row)).bytes(), StandardCharsets.ISO_8859_1);
        // Then
        assertThat(NulRecords.of(text)).extracting(HomeShares.Row::parse).containsExactly(row);
    }

    @Test
    void tellsHomesThatAreDoneFromThoseUnderWayAndThoseThatWait() {
        // Given
        HomeShares shares = new HomeShares(List.of(
                new HomeShares.Row("waits", 10, 9_000, Map.of("batch-3", 9_000L)),
                new HomeShares.Row("half", 10, 1_000, Map.of("batch-2", 1_000L)),
                new HomeShares.Row("done", 10, 1_000, Map.of("batch-1", 1_000L)),
                new HomeShares.Row("both", 10, 4_000, Map.of("batch-1", 2_000L, "batch-2", 2_000L))));
        PassStatus status = new PassStatus(
                "running",
                Map.of("batch-1", new RsyncProgress(100, 0), "batch-2", new RsyncProgress(1_500, 0)),
                Set.of("batch-1"));
        // When
        Progress.Homes homes = shares.progress(status);
        // Then
        assertThat(homes)
                .isEqualTo(new Progress.Homes(
                        4,
                        1,
                        List.of(
                                new Progress.Home("both", 3_000, 4_000, 8, 10),
                                new Progress.Home("half", 500, 1_000, 5, 10),
                                new Progress.Home("waits", 0, 9_000, 0, 10))));
    }

    @Test
    void isNotDoneWhileItsBatchHasNotEnded() {
        // Given: rsync has sent more than was planned, as the file has grown.
        HomeShares shares = new HomeShares(List.of(new HomeShares.Row("ada", 1, 100, Map.of("batch-1", 100L))));
        PassStatus status = new PassStatus("running", Map.of("batch-1", new RsyncProgress(500, 1)), Set.of());
        // When, Then
        assertThat(shares.progress(status).done()).isZero();
    }

    @Test
    void listsABoundedNumber() {
        // Given
        List<HomeShares.Row> rows = IntStream.range(0, 200)
                .mapToObj(i -> new HomeShares.Row("user" + i, 1, i, Map.of("batch-1", 1L)))
                .toList();
        // When
        Progress.Homes homes = new HomeShares(rows).progress(new PassStatus("running", Map.of(), Set.of()));
        // Then
        assertThat(homes.total()).isEqualTo(200);
        assertThat(homes.open()).hasSize(Progress.Homes.MOST_LISTED);
        assertThat(homes.open().getFirst().name()).isEqualTo("user199");
    }
}
