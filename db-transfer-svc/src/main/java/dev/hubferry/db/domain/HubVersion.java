package dev.hubferry.db.domain;

/** Which JupyterHub a hub runs, as far as the cluster tells. */
public sealed interface HubVersion {
    /**
     * @param version such as {@code 4.1.5}
     * @param evidence where it was read, such as {@code label app.kubernetes.io/version}
     */
    record Known(String version, String evidence) implements HubVersion {}

    /** Nothing tells. */
    record Unknown() implements HubVersion {}
}
