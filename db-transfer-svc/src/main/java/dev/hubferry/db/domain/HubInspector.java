package dev.hubferry.db.domain;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import java.util.List;

/** Asks the clusters about hubs; changes nothing. */
public interface HubInspector {
    /**
     * What the cluster says about {@code hub}.
     *
     * @throws Refusal when the cluster is unknown, does not answer or does not allow it, or when the hub is not found or ambiguous
     */
    HubProfile inspect(HubRef hub) throws InterruptedException;

    /**
     * What may read or write the hub's database file at this moment, in words such as {@code pod hub-7d9 mounts hub-db-dir}; empty when
     * the database is at rest. Pods that this service made for {@code migration} do not count.
     *
     * @throws Refusal as {@link #inspect}
     */
    List<String> usersOfDatabase(HubRef hub, MigrationId migration) throws InterruptedException;
}
