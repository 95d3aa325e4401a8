package dev.hubferry.storage.domain;

import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;

/** The way the homes of one migration go. */
public record Route(MigrationId migration, HomesRef source, HomesRef target) {}
