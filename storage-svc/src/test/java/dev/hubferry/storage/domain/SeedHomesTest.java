package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.plan.HomeOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeedHomesTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final MigrationId MIGRATION = new MigrationId("m1");
    private static final Route ROUTE =
            new Route(MIGRATION, new HomesRef("old", "/export/homes"), new HomesRef("new", "/export/homes"));

    private final FakeRun run = FakeRun.of(MIGRATION, "seed-homes/do/1");
    private int afterPasses;

    @Test
    void stopsAtAShortPass() throws InterruptedException {
        assertThat(seed(new FakeCopier(3600, 600, 15, 1))).containsExactly(3600L, 600L, 15L);
    }

    @Test
    void runsTwoPassesEvenWhenTheFirstIsShort() throws InterruptedException {
        assertThat(seed(new FakeCopier(1, 1, 1))).containsExactly(1L, 1L);
    }

    @Test
    void stopsWhenPassesNoLongerGetShorter() throws InterruptedException {
        assertThat(seed(new FakeCopier(3600, 600, 500, 1))).containsExactly(3600L, 600L, 500L);
    }

    @Test
    void stopsAtTheMaximum() throws InterruptedException {
        assertThat(seed(new FakeCopier(10_000, 5_000, 2_500, 1_200, 600, 300))).hasSize(5);
    }

    @Test
    void goesOnWhereAnEarlierRunOfTheCommandWas() throws InterruptedException {
        // Given
        FakeCopier copier = new FakeCopier(10);
        copier.finished.add(copier.pass(3600, List.of()));
        // When, Then
        assertThat(seed(copier)).containsExactly(3600L, 10L);
    }

    @Test
    void runsAnotherPassWhenOneLeftSomethingOut() throws InterruptedException {
        // Given
        FakeCopier copier = new FakeCopier(10, 10, 10);
        copier.leaveOutInPass = 2;
        // When, Then
        assertThat(seed(copier)).containsExactly(10L, 10L, 10L);
    }

    @Test
    void namesWhatTheLastPassLeftOut() {
        // Given
        FakeCopier copier = new FakeCopier(10, 10, 10, 10, 10);
        copier.leaveOutInPass = 5;
        copier.leaveOutFrom = 2;
        // When, Then
        assertThatThrownBy(() -> seed(copier)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.COPY_FAILED);
            assertThat(refusal.rejected().detail()).contains("ada/secret");
        });
    }

    private List<Long> seed(FakeCopier copier) throws InterruptedException {
        return new SeedHomes(copier, new SeedPlan(2, 5, Duration.ofSeconds(20)), (route, of) -> afterPasses++)
                .seed(ROUTE, ExistingHomes.REFUSE, List.of("grace"), run).passes().stream()
                        .map(pass -> Duration.between(pass.startedAt(), pass.endedAt())
                                .toSeconds())
                        .toList();
    }

    @Test
    void hashesAfterEachPassThatItRuns() throws Exception {
        // Given
        FakeCopier copier = new FakeCopier(100, 10);
        copier.finished.add(copier.pass(100, List.of()));
        // When
        List<Long> lengths = seed(copier);
        // Then
        assertThat(afterPasses).isEqualTo(lengths.size() - 1);
    }

    /** Runs passes of given lengths. */
    private static final class FakeCopier implements HomeCopier {
        private final List<FinishedPass> finished = new ArrayList<>();
        private final Deque<Long> lengths = new ArrayDeque<>();
        private int leaveOutInPass = Integer.MIN_VALUE;
        private int leaveOutFrom = Integer.MAX_VALUE;
        private int number;

        FakeCopier(long... seconds) {
            for (long length : seconds) {
                lengths.add(length);
            }
        }

        @Override
        public List<FinishedPass> finished(Route route, String command) {
            assertThat(command).isEqualTo("m1/seed-homes/do/1");
            return List.copyOf(finished);
        }

        @Override
        public Optional<FinishedPass> resume(Route route, CommandRun run) {
            throw new UnsupportedOperationException("seed passes are resumed by running them");
        }

        @Override
        public FinishedPass run(Route route, PassOrder order, CommandRun run) {
            assertThat(order.first()).isEqualTo(HomeOrder.of(List.of("grace")));
            boolean leavesOut = number + 1 == leaveOutInPass || number + 1 >= leaveOutFrom;
            return pass(lengths.remove(), leavesOut ? List.of("rsync: ada/secret") : List.of());
        }

        FinishedPass pass(long seconds, List<String> incomplete) {
            number++;
            PassReport report =
                    new PassReport(number, PassReport.Kind.SEED, START, START.plusSeconds(seconds), 1, 1, 1, 0);
            return new FinishedPass(report, incomplete);
        }
    }
}
