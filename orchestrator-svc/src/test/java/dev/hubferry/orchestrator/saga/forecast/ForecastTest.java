package dev.hubferry.orchestrator.saga.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.PassForecast.Basis;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.orchestrator.saga.forecast.Forecast.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastTest {
    private static final Instant T = Passes.START;
    private static final Tree TREE = new Tree(1_100, 1_000_000);

    @Test
    void findsASteadyRateAgain() {
        // Given users change half a file a second, 200 kB each, and a pass takes 30 s, 10 ms a file and 10 ns a byte
        Passes homes = Passes.steady(0.5);
        List<PassReport> seed = homes.seed(3);
        Instant cut = seed.getLast().startedAt().plus(Duration.ofHours(2));

        // When
        PassForecast forecast = Forecast.of(seed, homes.tree()).ifCutAt(cut);

        // Then
        assertThat(forecast.basis()).isEqualTo(Basis.CHANGE_RATE);
        assertThat(forecast.files().orElseThrow()).isCloseTo(3_600, within(40L));
        assertThat(forecast.bytes().orElseThrow()).isCloseTo(720_000_000, within(8_000_000L));
        assertThat(forecast.expected().orElseThrow()).isBetween(Duration.ofSeconds(72), Duration.ofSeconds(75));
        assertHolds(forecast, Duration.ofMillis(73_200));
    }

    @Test
    void reckonsByFilesAndByBytesWhereTheyDisagree() {
        // Given two passes: by files the second one's cost is a tenth of the first one's, by bytes a hundredth
        List<PassReport> seed = List.of(pass(1, 0, 1_000, 1_000, 1_000_000), pass(2, 1_000, 10, 100, 10_000));

        // When
        PassForecast soon = Forecast.of(seed, TREE).ifCutAt(T.plusSeconds(2_000));
        PassForecast late = Forecast.of(seed, TREE).ifCutAt(T.plusSeconds(6_000));

        // Then after as long as before there is as much to do, and after five times as long more, but how much more is
        // not known
        assertThat(soon.expected()).contains(Duration.ofSeconds(10));
        assertThat(late.files()).contains(500L);
        assertThat(late.bytes()).contains(50_000L);
        // By files 10 s and 400/900 of 990 s more, by bytes 10 s and 40/990 of it
        assertThat(late.expected()).contains(Duration.ofSeconds(250));
        assertThat(late.low().orElseThrow()).isLessThan(Duration.ofSeconds(30));
        assertThat(late.high().orElseThrow()).isGreaterThan(Duration.ofSeconds(450));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void holdsInMostCasesWhateverUsersDo(int more) {
        // Given busy hours and idle ones, hosts that are now fast and now slow, and gates that are answered soon or
        // late
        int inside = 0;
        int runs = 400;
        List<Double> widths = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Random chance = new Random(run);
            Passes homes =
                    new Passes(Math.exp(chance.nextGaussian()), 100_000, 50_000, 5 + chance.nextInt(60), 0.3, chance);
            List<PassReport> seed = homes.seed(more);
            PassReport truth = homes.last(seed, Duration.ofSeconds(chance.nextInt(8 * 3_600)));

            // When
            PassForecast forecast = Forecast.of(seed, homes.tree()).ifCutAt(truth.startedAt());

            // Then
            inside += holds(forecast, Passes.took(truth)) ? 1 : 0;
            widths.add(forecast.high().orElseThrow().toMillis()
                    / Math.max(1_000.0, forecast.low().orElseThrow().toMillis()));
        }
        assertThat(inside).as("of %d", runs).isGreaterThan(runs * 17 / 20);
        assertThat(widths.stream().sorted().toList().get(runs / 2))
                .as("high by low, half of the time")
                .isLessThan(25);
    }

    @Test
    void getsNarrowerWithMorePasses() {
        Passes homes = Passes.steady(0.5);
        assertThat(width(homes, homes.seed(5))).isLessThan(width(homes, homes.seed(2)));
        assertThat(width(homes, homes.seed(2))).isLessThan(width(homes, homes.seed(1)));
    }

    @Test
    void growsWithWaitingUpToTheWholeTree() {
        for (int run = 0; run < 200; run++) {
            // Given
            Random chance = new Random(run);
            Passes homes = new Passes(3 * chance.nextDouble(), 50_000, 80_000, chance.nextInt(60), 0.6, chance);
            List<PassReport> seed = homes.seed(1 + chance.nextInt(6));
            Forecast forecast = Forecast.of(seed, homes.tree());
            Duration longest =
                    seed.stream().map(Passes::took).max(Duration::compareTo).orElseThrow();

            PassForecast before = forecast.ifCutAt(seed.getLast().endedAt());
            for (int hours = 1; hours < 400; hours += 7) {
                // When
                PassForecast now = forecast.ifCutAt(seed.getLast().endedAt().plus(Duration.ofHours(hours)));

                // Then
                assertThat(now.low().orElseThrow()).isBetween(before.low().orElseThrow(), longest);
                assertThat(now.expected().orElseThrow())
                        .isBetween(before.expected().orElseThrow(), longest);
                assertThat(now.high().orElseThrow()).isBetween(before.high().orElseThrow(), longest.plusSeconds(1));
                assertThat(now.files().orElseThrow())
                        .isLessThanOrEqualTo(seed.getFirst().filesSent());
                before = now;
            }
        }
    }

    @Test
    void saysThatOnePassIsAGuess() {
        PassForecast forecast =
                Forecast.of(List.of(pass(1, 0, 600, 1_000, 1_000_000)), TREE).ifCutAt(T.plusSeconds(9_000));
        assertThat(forecast).isEqualTo(PassForecast.wholeTree(T.plusSeconds(9_000), Duration.ofSeconds(601)));
    }

    @Test
    void knowsNothingFromOnePassThatFoundMostHomesCopied() {
        PassForecast adopted =
                Forecast.of(List.of(pass(1, 0, 600, 10, 100)), TREE).ifCutAt(T.plusSeconds(9_000));
        PassForecast again =
                Forecast.of(List.of(pass(3, 0, 600, 1_000, 1_000_000)), TREE).ifCutAt(T.plusSeconds(9_000));
        PassForecast none = Forecast.of(List.of(), TREE).ifCutAt(T);
        assertThat(List.of(adopted, again, none))
                .extracting(PassForecast::basis)
                .containsOnly(Basis.NOTHING);
    }

    @Test
    void reachesTheWholeTreeThoughNoPassHasCopiedIt() {
        // Given the homes were adopted, so both passes are short
        List<PassReport> seed = List.of(pass(1, 0, 100, 20, 20_000), pass(2, 100, 60, 10, 10_000));

        // When
        PassForecast soon = Forecast.of(seed, TREE).ifCutAt(T.plusSeconds(200));
        PassForecast late = Forecast.of(seed, TREE).ifCutAt(T.plus(Duration.ofDays(3)));

        // Then
        assertThat(soon.expected()).contains(Duration.ofSeconds(60));
        assertThat(late.files()).contains(1_100L);
        assertThat(late.bytes()).contains(1_000_000L);
        // 20 s, and 4 s a file
        assertThat(late.expected().orElseThrow()).isGreaterThan(Duration.ofSeconds(3_000));
    }

    @Test
    void staysAtTheFixedCostWhenNothingChanges() {
        // Given
        List<PassReport> seed =
                List.of(pass(1, 0, 600, 1_000, 1_000_000), pass(2, 600, 20, 0, 0), pass(3, 620, 22, 0, 0));

        // When
        PassForecast late = Forecast.of(seed, TREE).ifCutAt(T.plus(Duration.ofDays(1)));

        // Then
        assertThat(late.files()).contains(0L);
        assertThat(late.expected()).contains(Duration.ofSeconds(21));
        assertThat(late.low().orElseThrow()).isGreaterThan(Duration.ofSeconds(10));
        assertThat(late.high().orElseThrow()).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void leavesOutPassesWhoseClockWentBack() {
        // Given
        List<PassReport> seed = List.of(
                pass(1, 0, 600, 1_000, 1_000_000),
                pass(2, 600, 30, 60, 60_000),
                pass(3, 630, -500, 3, 3_000),
                pass(4, 140, 20, 2, 2_000));

        // When
        PassForecast forecast = Forecast.of(seed, TREE).ifCutAt(T.plusSeconds(740));

        // Then only pass 2 tells how fast users change: 60 files in 600 s
        assertThat(forecast.files()).contains(60L);
        assertThat(forecast.expected().orElseThrow()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(35));
        // And a cut before the passes finds what one right after finds
        assertThat(Forecast.of(seed, TREE).ifCutAt(T.minusSeconds(5)).files()).contains(0L);
    }

    @Test
    void takesAnyFiguresWithoutEverBeingNegative() {
        Random chance = new Random(7);
        for (int run = 0; run < 20_000; run++) {
            // Given
            List<PassReport> seed = new ArrayList<>();
            int passes = chance.nextInt(6);
            for (int number = 1; number <= passes; number++) {
                Instant start = T.plusSeconds(chance.nextInt(20_000) - 5_000);
                seed.add(new PassReport(
                        number,
                        Kind.SEED,
                        start,
                        start.plusMillis(chance.nextInt(5_000_000) - 500_000),
                        chance.nextInt(2_000),
                        any(chance),
                        any(chance),
                        0));
            }

            // When
            PassForecast forecast =
                    Forecast.of(seed, new Tree(any(chance), any(chance))).ifCutAt(T.plusSeconds(chance.nextInt()));

            // Then the record itself refuses what is negative or out of order
            assertThat(forecast.low().isPresent()).isEqualTo(forecast.basis() != Basis.NOTHING);
            assertThat(forecast.files().orElse(0L)).isNotNegative();
            assertThat(forecast.bytes().orElse(0L)).isNotNegative();
        }
    }

    private static long any(Random chance) {
        return chance.nextInt(4) == 0 ? 0 : chance.nextLong(Long.MAX_VALUE >> chance.nextInt(60));
    }

    private static double width(Passes homes, List<PassReport> seed) {
        PassForecast forecast = Forecast.of(seed, homes.tree())
                .ifCutAt(seed.getLast().startedAt().plus(Duration.ofHours(1)));
        return (double) forecast.high().orElseThrow().toSeconds()
                / forecast.low().orElseThrow().toSeconds();
    }

    private static void assertHolds(PassForecast forecast, Duration truth) {
        assertThat(holds(forecast, truth)).as("%s in %s", truth, forecast).isTrue();
    }

    private static boolean holds(PassForecast forecast, Duration truth) {
        return truth.compareTo(forecast.low().orElseThrow()) >= 0
                && truth.compareTo(forecast.high().orElseThrow()) <= 0;
    }

    private static PassReport pass(int number, int at, int seconds, long files, long bytes) {
        Instant start = T.plusSeconds(at);
        return new PassReport(number, Kind.SEED, start, start.plusSeconds(seconds), 1_100, files, bytes, 0);
    }
}
