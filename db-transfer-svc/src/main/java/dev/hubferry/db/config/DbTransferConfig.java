package dev.hubferry.db.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What db-transfer-svc needs to know of its surroundings. */
@ConfigMapping(prefix = "hubferry.db")
public interface DbTransferConfig {
    /** Clusters by the names that specs use. */
    Map<String, ClusterConfig> clusters();

    /** Where copies of databases lie while they are worked on; becomes 0700 and should be in memory. */
    @WithDefault("${java.io.tmpdir}/hubferry-db")
    Path workDirectory();

    /** Longest time for a connection to a cluster's API server to open. */
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** Longest time for an answer of a cluster's API server. */
    @WithDefault("PT10S")
    Duration requestTimeout();

    /** The short-lived pods that mount a hub's volume. */
    HelperPodConfig helperPod();

    /** How to reach one cluster. */
    interface ClusterConfig {
        /** A kubeconfig file; read again after the cluster refused its credentials. */
        Path kubeconfig();

        /** The context in it; the current one when not given. */
        Optional<String> context();
    }

    /** Limits of the short-lived pods. */
    interface HelperPodConfig {
        /** Longest life of a pod ({@code activeDeadlineSeconds}), should nobody delete it; ends the longest transfer too. */
        @WithDefault("PT30M")
        Duration deadline();

        /** Longest wait for a pod to be ready: pulling the image (the hub's, so mostly there) and attaching the volume. */
        @WithDefault("PT2M")
        Duration readyTimeout();

        /** Longest wait for a deleted pod to be gone. */
        @WithDefault("PT30S")
        Duration goneTimeout();

        /** Longest time for one operation in a pod, such as copying the database to the service. */
        @WithDefault("PT10M")
        Duration operationTimeout();

        /** How often an operation is tried whose answer did not arrive whole. */
        @WithDefault("3")
        int attempts();

        /** CPU that a pod requests. */
        @WithDefault("50m")
        String cpuRequest();

        /** Memory that a pod requests. */
        @WithDefault("64Mi")
        String memoryRequest();

        /** Memory that a pod may use at most. */
        @WithDefault("512Mi")
        String memoryLimit();
    }
}
