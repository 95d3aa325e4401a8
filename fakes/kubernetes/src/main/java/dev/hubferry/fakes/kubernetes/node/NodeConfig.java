package dev.hubferry.fakes.kubernetes.node;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What the one node is like.
 *
 * @param podsDirectory where pods keep what lives as long as they do
 * @param podNetwork first two octets of pod addresses
 * @param graceScale how long a second of grace (or of back-off) lasts, in seconds
 */
public record NodeConfig(
        String name,
        Path podsDirectory,
        String podNetwork,
        List<PodRuntime> runtimes,
        Duration start,
        Duration ready,
        double graceScale,
        Clock clock) {

    Duration scaled(long seconds) {
        return Duration.ofNanos((long) (Duration.ofSeconds(seconds).toNanos() * graceScale));
    }
}
