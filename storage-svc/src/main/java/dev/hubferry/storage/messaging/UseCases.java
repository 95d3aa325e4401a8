package dev.hubferry.storage.messaging;

import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.ConfirmQuiet;
import dev.hubferry.storage.domain.RouteKeeper;
import dev.hubferry.storage.domain.SeedHomes;
import dev.hubferry.storage.domain.SyncFinal;
import dev.hubferry.storage.domain.VerifyHomes;
import jakarta.inject.Singleton;

/** What this service can do. */
@Singleton
record UseCases(
        CheckHomes checkHomes,
        RouteKeeper routeKeeper,
        SeedHomes seedHomes,
        SyncFinal syncFinal,
        VerifyHomes verifyHomes,
        ConfirmQuiet confirmQuiet) {}
