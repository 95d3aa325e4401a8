package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the final pass over the homes is thought to take, by what the seed passes did. It is of that pass alone, from the look at the
 * source to the end of its last worker, as {@link PassReport} measures it: a part of the downtime. Evicting users, the database, verifying
 * the homes, starting the target and the DNS record come on top.
 *
 * @param cutAt when the cut would begin; the later, the more has changed
 * @param basis what it rests on, and so which of the others are there
 * @param low in whole seconds, rounded down; with every basis but NOTHING
 * @param expected in whole seconds; with CHANGE_RATE only
 * @param high in whole seconds, rounded up; with every basis but NOTHING
 * @param files how many are thought to have changed by then; with CHANGE_RATE only
 * @param bytes of content to send for them; with CHANGE_RATE only
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PassForecast(
        Instant cutAt,
        Basis basis,
        Optional<Duration> low,
        Optional<Duration> expected,
        Optional<Duration> high,
        Optional<Long> files,
        Optional<Long> bytes) {
    public PassForecast {
        Require.present(cutAt, "cutAt");
        basis = basis == null ? Basis.NOTHING : basis;
        // Jackson hands null to a record for a missing property, whatever the declared type says.
        low = low == null ? Optional.empty() : low;
        expected = expected == null ? Optional.empty() : expected;
        high = high == null ? Optional.empty() : high;
        files = files == null ? Optional.empty() : files;
        bytes = bytes == null ? Optional.empty() : bytes;
        Require.notNegative(low.orElse(Duration.ZERO), "low");
        Duration least = low.orElse(Duration.ZERO);
        Duration likely = expected.orElse(least);
        Duration most = high.orElse(likely);
        if (least.compareTo(likely) > 0 || likely.compareTo(most) > 0) {
            throw new IllegalArgumentException("low, expected and high must be in this order, but were %s, %s and %s"
                    .formatted(least, likely, most));
        }
    }

    /** What a forecast rests on. */
    public enum Basis {
        /** How much changed between passes, and how long passes took. */
        CHANGE_RATE,
        /** A guess: one pass tells nothing of how fast users change. {@code high} is what that pass took, which copied the whole tree. */
        WHOLE_TREE,
        /** Nobody knows: there is no pass whose figures make sense. */
        @JsonEnumDefaultValue
        NOTHING
    }

    /** Nobody knows. */
    public static PassForecast unknown(Instant cutAt) {
        return new PassForecast(
                cutAt,
                Basis.NOTHING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** One pass copied everything, and once more it takes no longer. */
    public static PassForecast wholeTree(Instant cutAt, Duration high) {
        return new PassForecast(
                cutAt,
                Basis.WHOLE_TREE,
                Optional.of(Duration.ZERO),
                Optional.empty(),
                Optional.of(high),
                Optional.empty(),
                Optional.empty());
    }
}
