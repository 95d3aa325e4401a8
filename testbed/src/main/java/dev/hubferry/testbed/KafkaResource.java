package dev.hubferry.testbed;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Quarkus test resource: the JVM's shared broker as {@code kafka.bootstrap.servers}.
 *
 * <p>Argument {@code topics}: comma-separated {@code name} or {@code name:partitions}, created when missing; other
 * topics appear on first use with one partition.
 */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {
    private String topics = "";

    @Override
    public void init(Map<String, String> arguments) {
        topics = arguments.getOrDefault("topics", "");
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "kafka.bootstrap.servers",
                JvmWide.call("kafkaBootstrapServers", topics),
                "quarkus.kafka.devservices.enabled",
                "false");
    }

    @Override
    public void stop() {
        // The broker is shared by all tests of this JVM and ends with it.
    }
}
