package dev.hubferry.sandbox.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the hub was unreachable, from prober.jsonl.
 *
 * <p>An outage is a run of samples that did not reach the hub. It lasts from the last sample that did before it to the
 * first that did after it; so it is never shorter than what users felt, and longer by at most two probe intervals. An
 * outage that the file begins or ends with lasts from the first or to the last sample. The downtime is the sum of all
 * outages.
 *
 * <pre>
 *   reached  ok  ok  –   –   –   ok  ok  –  ok
 *                |←–– outage –––→|    |←––––→|
 * </pre>
 */
public final class Downtime {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Downtime() {}

    /**
     * A time in which the hub was not reached.
     *
     * @param from the last sample that reached the hub before
     * @param until the first sample that reached it after
     */
    public record Outage(Instant from, Instant until) {
        public Duration length() {
            return Duration.between(from, until);
        }
    }

    /** The sum of all outages in seconds. */
    public static double seconds(Path proberFile) {
        return seconds(read(proberFile));
    }

    /** The sum of all outages in seconds. */
    public static double seconds(List<Sample> samples) {
        return outages(samples).stream()
                        .mapToLong(outage -> outage.length().toNanos())
                        .sum()
                / 1e9;
    }

    /** All outages in order. */
    public static List<Outage> outages(List<Sample> samples) {
        List<Outage> outages = new ArrayList<>();
        boolean down = false;
        Instant from = Instant.EPOCH;
        Instant previous =
                samples.isEmpty() ? Instant.EPOCH : samples.getFirst().at();
        for (Sample sample : samples) {
            if (!sample.reached() && !down) {
                from = previous;
                down = true;
            } else if (sample.reached() && down) {
                outages.add(new Outage(from, sample.at()));
                down = false;
            }
            previous = sample.at();
        }
        if (down) {
            outages.add(new Outage(from, previous));
        }
        return outages;
    }

    /** The samples of a file in order; a last line that was cut off is left out. */
    public static List<Sample> read(Path proberFile) {
        List<Sample> samples = new ArrayList<>();
        try {
            String text = Files.readString(proberFile);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            for (String line : whole.lines().toList()) {
                JsonNode node = JSON.readTree(line);
                samples.add(new Sample(
                        Instant.parse(node.path("at").asText()),
                        node.path("address").asText(),
                        node.path("status").asInt(),
                        node.path("hub").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + proberFile, e);
        }
        return samples;
    }
}
