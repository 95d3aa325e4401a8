package dev.hubferry.storage.domain;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;

/**
 * The way the homes of one migration go.
 *
 * @param options in what the move is not simply a copy
 */
public record Route(MigrationId migration, HomesRef source, HomesRef target, HomesOptions options) {
    /** Of a copy of everything as it is. */
    public Route(MigrationId migration, HomesRef source, HomesRef target) {
        this(migration, source, target, HomesOptions.NONE);
    }
}
