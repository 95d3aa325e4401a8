package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.RepeatedPass;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncFinalTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final MigrationId MIGRATION = new MigrationId("m1");
    private static final Route ROUTE =
            new Route(MIGRATION, new HomesRef("old", "/export/homes"), new HomesRef("new", "/export/homes"));

    private final FakeRun run = FakeRun.of(MIGRATION, "sync-final/do/1");

    @Test
    void looksAtNothingWhenLateWritesTakeTheMigrationBack() throws InterruptedException {
        // Given
        FakeSide side = new FakeSide(1, 1, 1);
        // When
        HomesSynced synced = sync(side, OnLateWrites.TAKE_BACK);
        // Then
        assertThat(synced).isEqualTo(new HomesSynced(pass(1).report()));
        assertThat(side.looks).isZero();
    }

    @Test
    void makesOnePassWhenNothingIsWritten() throws InterruptedException {
        assertThat(sync(new FakeSide(), OnLateWrites.COPY_AGAIN)).isEqualTo(new HomesSynced(pass(1).report()));
    }

    @Test
    void namesWhatWasWrittenBeforeEachFurtherPass() throws InterruptedException {
        // When
        HomesSynced synced = sync(new FakeSide(2, 40), OnLateWrites.COPY_AGAIN);
        // Then
        assertThat(synced.pass()).isEqualTo(pass(1).report());
        assertThat(synced.repeats()).extracting(RepeatedPass::pass).containsExactly(pass(2).report(), pass(3).report());
        assertThat(synced.repeats()).extracting(RepeatedPass::written).containsExactly(2L, 40L);
        assertThat(synced.repeats().getFirst().paths()).containsExactly("./late 0\\x0a", "./late 1\\x0a");
        assertThat(synced.repeats().getLast().paths()).hasSize(20);
    }

    @Test
    void givesUpOnASourceThatIsWrittenToAgainAndAgain() {
        // Given
        FakeSide side = new FakeSide(1, 1, 3);
        // When, Then
        assertThatThrownBy(() -> sync(side, OnLateWrites.COPY_AGAIN)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
            assertThat(refusal.rejected().detail())
                    .contains("3 entries since the last of 3 final passes", "'./late 0\\x0a'");
        });
        assertThat(side.passes).hasSize(3);
    }

    @Test
    void countsThePassesThatAnEarlierRunMade() {
        // Given: two that have ended, and one under way that did not see the last write
        FakeSide side = new FakeSide(1, 1, 1);
        side.passes.addAll(List.of(pass(1), pass(2)));
        side.underWay = true;
        // When, Then
        assertThatThrownBy(() -> sync(side, OnLateWrites.COPY_AGAIN)).isInstanceOf(Refusal.class);
        assertThat(side.passes).containsExactly(pass(1), pass(2), pass(3));
    }

    @Test
    void makesNoFurtherPassWhenTheOneUnderWayFoundEverything() throws InterruptedException {
        // Given
        FakeSide side = new FakeSide(5);
        side.passes.add(pass(1));
        side.underWay = true;
        // When
        HomesSynced synced = sync(side, OnLateWrites.COPY_AGAIN);
        // Then
        assertThat(side.passes).containsExactly(pass(1), pass(2));
        assertThat(synced.repeats()).extracting(RepeatedPass::written).containsExactly(5L);
    }

    private HomesSynced sync(FakeSide side, OnLateWrites onLateWrites) throws InterruptedException {
        return new SyncFinal(side, side).sync(ROUTE, onLateWrites, run);
    }

    private static FinishedPass pass(int number) {
        return new FinishedPass(
                new PassReport(number, PassReport.Kind.FINAL, START, START.plusSeconds(number), 1, 1, 1, 0), List.of());
    }

    /** A source on which so much is written after the first pass has begun, so much after the second, and so on. */
    private static final class FakeSide implements HomeCopier, SourceWatch {
        private final int[] late;
        private final List<FinishedPass> passes = new ArrayList<>();
        private boolean underWay;
        private int looks;

        FakeSide(int... late) {
            this.late = late;
        }

        @Override
        public List<FinishedPass> finished(Route route, String command) {
            assertThat(command).isEqualTo("m1/sync-final/do/1");
            return List.copyOf(passes);
        }

        @Override
        public Optional<FinishedPass> resume(Route route, CommandRun run) {
            return underWay ? Optional.of(next()) : Optional.empty();
        }

        @Override
        public FinishedPass run(Route route, PassOrder order, CommandRun run) {
            assertThat(order.kind()).isEqualTo(PassReport.Kind.FINAL);
            return next();
        }

        private FinishedPass next() {
            underWay = false;
            passes.add(pass(passes.size() + 1));
            return passes.getLast();
        }

        @Override
        public Changes sinceFinalPass(Route route, CommandRun run) {
            looks++;
            return changes(passes.size());
        }

        @Override
        public Changes between(Route route, int earlier, int later) {
            assertThat(later).isEqualTo(earlier + 1);
            return changes(earlier);
        }

        private Changes changes(int since) {
            int written = since <= late.length ? late[since - 1] : 0;
            List<String> first = IntStream.range(0, Math.min(written, Changes.NAMED))
                    .mapToObj(i -> "./late " + i + "\n")
                    .toList();
            return new Changes(9, written, first);
        }
    }
}
