package dev.hubferry.k8s.domain.cluster;

import java.util.Map;
import java.util.Optional;

/** The labels by which the parts of a hub are known, of older charts ({@code app, component, release}) and of newer ones. */
public final class Labels {
    /** On every object that Hubferry makes. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    public static final String HUBFERRY = "hubferry";
    /** On every object that Hubferry makes: for which migration. */
    public static final String MIGRATION = "hubferry.dev/migration";
    /** On every object that Hubferry makes: what for. */
    public static final String PURPOSE = "hubferry.dev/purpose";

    static final String USERNAME = "hub.jupyter.org/username";
    static final String SERVERNAME = "hub.jupyter.org/servername";
    static final String KUBESPAWNER_VERSION = "hub.jupyter.org/kubespawner-version";
    static final String JUPYTERHUB_VERSION = "hub.jupyter.org/jupyterhub-version";

    private Labels() {}

    /** Whether the object is this part of a JupyterHub, such as {@code hub} or {@code proxy-public}. */
    static boolean isPart(Map<String, String> labels, String component) {
        boolean legacy = "jupyterhub".equals(labels.get("app")) && component.equals(labels.get("component"));
        boolean modern = "jupyterhub".equals(labels.get("app.kubernetes.io/name"))
                && component.equals(labels.get("app.kubernetes.io/component"));
        return legacy || modern;
    }

    /** Whether the pod is a user's server, whatever its application label says. */
    static boolean isUserServer(Map<String, String> labels) {
        return "singleuser-server".equals(labels.get("component"))
                || "singleuser-server".equals(labels.get("app.kubernetes.io/component"));
    }

    /** The Helm release that the object belongs to. */
    static Optional<String> release(Map<String, String> labels) {
        return Optional.ofNullable(labels.getOrDefault("release", labels.get("app.kubernetes.io/instance")));
    }

    /** The version of the chart, such as {@code 3.3.7} from {@code jupyterhub-3.3.7}. */
    static Optional<String> chartVersion(Map<String, String> labels) {
        String chart = labels.getOrDefault("helm.sh/chart", labels.getOrDefault("chart", ""));
        return chart.startsWith("jupyterhub-")
                ? Optional.of(chart.substring("jupyterhub-".length()))
                : Optional.empty();
    }
}
