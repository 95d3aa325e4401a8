package dev.hubferry.k8s.domain;

import dev.hubferry.contracts.MigrationId;

/** One run of one command, as the use cases see it. */
public interface Work extends Lease {
    MigrationId migration();

    Journal journal();

    /** Tells people how far it has come; may be lost. */
    void report(String activity, int done, int total);
}
