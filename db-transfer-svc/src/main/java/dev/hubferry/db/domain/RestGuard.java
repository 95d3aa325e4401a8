package dev.hubferry.db.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import java.util.List;

/** Lets nobody touch a database that is in use: a hub goes on with the file that it has open, and what it writes then is lost. */
final class RestGuard {
    private final HubInspector inspector;

    RestGuard(HubInspector inspector) {
        this.inspector = inspector;
    }

    /**
     * Returns when nothing uses the hub's database.
     *
     * @throws Refusal {@link ErrorCode#DATABASE_IN_USE} naming what does
     */
    void demandRest(HubRef hub, Task task) throws InterruptedException {
        List<String> users = inspector.usersOfDatabase(hub, task.migration());
        if (!users.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.DATABASE_IN_USE,
                    HubProfile.where(hub),
                    "the database is in use: " + String.join("; ", users),
                    "find out who started it again (a deployment pipeline, helm), stop it, and retry");
        }
    }
}
