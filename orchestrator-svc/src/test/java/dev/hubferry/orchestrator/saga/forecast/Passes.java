package dev.hubferry.orchestrator.saga.forecast;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.PassReport.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Homes under users at work, and passes over them, one right after the other.
 *
 * @param filesPerSecond how fast users change files
 * @param bytesPerFile of a changed file
 * @param bytesPerOldFile of one that the first pass copies
 * @param fixed seconds that a pass takes that sends nothing
 * @param noise standard deviation of the logarithm of each rate and of each duration
 */
record Passes(
        double filesPerSecond, double bytesPerFile, double bytesPerOldFile, double fixed, double noise, Random chance) {
    static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final int FILES = 200_000;
    private static final double SECONDS_PER_FILE = 0.01;
    private static final double SECONDS_PER_BYTE = 1e-8;

    static Passes steady(double filesPerSecond) {
        return new Passes(filesPerSecond, 200_000, 200_000, 30, 0, new Random(1));
    }

    Forecast.Tree tree() {
        return new Forecast.Tree(FILES + 20_000, (long) (FILES * bytesPerOldFile));
    }

    /** A first pass over everything, and so many more. */
    List<PassReport> seed(int more) {
        List<PassReport> passes = new ArrayList<>();
        passes.add(pass(1, START, FILES, (long) (FILES * bytesPerOldFile)));
        for (int number = 2; number <= more + 1; number++) {
            PassReport last = passes.getLast();
            passes.add(changed(number, last.startedAt(), last.endedAt()));
        }
        return passes;
    }

    /** The pass at the cut, after a wait. */
    PassReport last(List<PassReport> seed, Duration wait) {
        return changed(
                seed.size() + 1,
                seed.getLast().startedAt(),
                seed.getLast().endedAt().plus(wait));
    }

    static Duration took(PassReport pass) {
        return Duration.between(pass.startedAt(), pass.endedAt());
    }

    private PassReport changed(int number, Instant before, Instant at) {
        double seconds = Duration.between(before, at).toMillis() / 1000.0;
        long files = Math.min(FILES, Math.round(filesPerSecond * seconds * noisy()));
        return pass(number, at, files, (long) (files * bytesPerFile));
    }

    private PassReport pass(int number, Instant at, long files, long bytes) {
        double seconds = (fixed + files * SECONDS_PER_FILE + bytes * SECONDS_PER_BYTE) * noisy();
        return new PassReport(
                number, Kind.SEED, at, at.plusSeconds(Math.round(seconds)), FILES + 20_000, files, bytes, 0);
    }

    private double noisy() {
        return Math.exp(noise * chance.nextGaussian());
    }
}
