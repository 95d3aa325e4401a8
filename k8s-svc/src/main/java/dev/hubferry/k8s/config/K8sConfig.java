package dev.hubferry.k8s.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of k8s-svc. */
@ConfigMapping(prefix = "hubferry.k8s")
public interface K8sConfig {
    /** The clusters that hubs live in, by connection name. */
    Map<String, Cluster> clusters();

    /** The storage connections of storage-svc as volumes of the clusters know them, by connection name. */
    Map<String, Storage> storages();

    Waits waits();

    Requests requests();

    /** One cluster. */
    interface Cluster {
        /** A kubeconfig file, usually a mounted secret. */
        Path kubeconfig();

        /** The context to use; the file's current context when absent. */
        Optional<String> context();

        Ingress ingress();

        /** The JupyterHub service whose token (key {@code hub.services.<name>.apiToken} of the hub's Secret) may be used to list users. */
        @WithDefault("hubferry")
        String hubService();
    }

    /** Where a cluster lets users in. */
    interface Ingress {
        /** The namespace of the ingress controller. */
        @WithDefault("support")
        String namespace();

        /** Names that the controller's Service may have, the likeliest first. */
        @WithDefault("support-ingress-nginx-controller,cluster-entrypoint")
        List<String> services();

        /** The label app.kubernetes.io/name of the controller's Service, when none of the names exists. */
        @WithDefault("ingress-nginx")
        String labelName();

        /** The label app.kubernetes.io/component of the controller's Service, when none of the names exists. */
        @WithDefault("controller")
        String labelComponent();

        /** {@code https} or {@code http}: how users reach hubs. */
        @WithDefault("https")
        Scheme scheme();

        /** The port that users reach hubs at; that of the scheme when absent. */
        Optional<Integer> port();

        /** PEM certificates to trust for https, instead of the JVM's own. */
        Optional<Path> trust();
    }

    /** How users reach hubs. */
    enum Scheme {
        HTTP,
        HTTPS
    }

    /** One storage connection. */
    interface Storage {
        /** Names and addresses that PersistentVolumes have for its NFS server. */
        List<String> nfsServers();
    }

    /** How long to wait before a step fails. */
    interface Waits {
        /** Between two looks at what is awaited. */
        @WithDefault("PT0.5S")
        Duration pollInterval();

        /** Until deleted pods are gone; has to cover their grace period. */
        @WithDefault("PT5M")
        Duration podsGone();

        /** Until a started hub is ready. */
        @WithDefault("PT5M")
        Duration hubReady();

        /** Until a deleted Service is gone. */
        @WithDefault("PT1M")
        Duration serviceGone();

        /** Until the pod that looks at the target's homes has ended. */
        @WithDefault("PT2M")
        Duration homesProbe();

        /** Until the opened hub answers through the cluster's way in. */
        @WithDefault("PT2M")
        Duration live();
    }

    /** How requests to API servers are made. */
    interface Requests {
        /** For one request, answer included. */
        @WithDefault("PT10S")
        Duration timeout();

        /** For connecting. */
        @WithDefault("PT5S")
        Duration connectTimeout();

        /** How often a request that met 429, a server error or a broken connection is sent again before the step fails. */
        @WithDefault("2")
        int retries();
    }
}
