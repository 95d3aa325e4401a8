package dev.hubferry.k8s.domain;

import dev.hubferry.k8s.domain.cluster.Mount;
import dev.hubferry.k8s.domain.cluster.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods as hubs and their neighbours have them. */
public final class Pods {
    private Pods() {}

    /** A user's server of release {@code astro}. */
    public static Pod server(MemoryCluster cluster, String user, String subPath) {
        return new Pod(
                "astro",
                "jupyter-" + subPath.substring(subPath.lastIndexOf('/') + 1),
                cluster.uid(),
                Map.of("app", "jupyterhub", "component", "singleuser-server", "release", "astro"),
                Map.of("hub.jupyter.org/username", user),
                "Running",
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(
                        mount("home-nfs", "/home/jovyan/shared", "_shared", true),
                        mount("home-nfs", "/home/jovyan", subPath, false)));
    }

    /** Any other pod. */
    public static Pod other(MemoryCluster cluster, String namespace, String name, Mount... mounts) {
        return new Pod(
                namespace,
                name,
                cluster.uid(),
                Map.of(),
                Map.of(),
                "Running",
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(mounts));
    }

    /** The same pod, ended by its node. */
    public static Pod ended(Pod pod) {
        return new Pod(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.labels(),
                pod.annotations(),
                "Failed",
                false,
                false,
                Optional.of("Evicted"),
                Optional.empty(),
                pod.mounts());
    }

    public static Mount mount(String claim, String at, String subPath, boolean readOnly) {
        return new Mount(new Mount.Source.Claim(claim), at, subPath, readOnly);
    }

    /** What a Deployment's pods mount: the one called {@code exporter} mounts the homes. */
    static List<Mount> mountsOf(String deployment) {
        return deployment.equals("exporter") ? List.of(mount("home-nfs", "/homes", "", false)) : List.of();
    }
}
