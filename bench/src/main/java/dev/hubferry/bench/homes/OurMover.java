package dev.hubferry.bench.homes;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.StorageCommand.CloseRoute;
import dev.hubferry.contracts.StorageCommand.ConfirmQuiet;
import dev.hubferry.contracts.StorageCommand.OpenRoute;
import dev.hubferry.contracts.StorageCommand.SeedHomes;
import dev.hubferry.contracts.StorageCommand.SyncFinal;
import dev.hubferry.contracts.StorageCommand.VerifyHomes;
import dev.hubferry.contracts.StorageReply.HomesSeeded;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.contracts.StorageReply.HomesVerified;
import dev.hubferry.contracts.StorageReply.RouteClosed;
import dev.hubferry.contracts.StorageReply.RouteOpened;
import dev.hubferry.contracts.StorageReply.SourceQuiet;
import java.time.Duration;
import java.util.List;

/** storage-svc, which is sent the commands of a migration, as the orchestrator sends them. */
final class OurMover implements Mover {
    private final Wire wire;

    OurMover(Wire wire) {
        this.wire = wire;
    }

    @Override
    public Timing move(Case what, Place place) throws InterruptedException {
        return what == Case.FULL_COPY ? copy(new Migration(place)) : sync(new Migration(place), what.ordinal());
    }

    @Override
    public void end(Place place) throws InterruptedException {
        Migration migration = new Migration(place);
        ask(migration, "close-route", 1, new CloseRoute(migration.source(), migration.target()), RouteClosed.class);
    }

    /** What counts is the first pass: the command goes on with passes until they are short. */
    private Timing copy(Migration migration) throws InterruptedException {
        var opened = ask(
                migration, "open-route", 1, new OpenRoute(migration.source(), migration.target()), RouteOpened.class);
        var seeded = ask(
                migration,
                "seed-homes",
                1,
                new SeedHomes(migration.source(), migration.target(), ExistingHomes.REFUSE),
                HomesSeeded.class);
        PassReport first = seeded.reply().passes().getFirst();
        double pass = Duration.between(first.startedAt(), first.endedAt()).toNanos() / 1e9;
        return new Timing(pass, List.of(new Part("route", opened.seconds()), new Part("command", seeded.seconds())));
    }

    private Timing sync(Migration migration, int attempt) throws InterruptedException {
        HomesRef source = migration.source();
        HomesRef target = migration.target();
        var synced = ask(migration, "sync-final", attempt, new SyncFinal(source, target), HomesSynced.class);
        var verified = ask(migration, "verify-homes", attempt, new VerifyHomes(source, target), HomesVerified.class);
        var quiet = ask(migration, "confirm-quiet", attempt, new ConfirmQuiet(source, target), SourceQuiet.class);
        return new Timing(
                synced.seconds(), List.of(new Part("receipt", verified.seconds()), new Part("quiet", quiet.seconds())));
    }

    private <T extends Reply> Wire.Answer<T> ask(
            Migration migration, String step, int attempt, StorageCommand command, Class<T> reply)
            throws InterruptedException {
        StepRef ref = new StepRef(step, StepRef.Direction.DO, attempt);
        return wire.ask(migration.id(), ref, command, reply);
    }

    /** A migration for each place. */
    private record Migration(Place place) {
        MigrationId id() {
            return new MigrationId("bench-" + place.round());
        }

        HomesRef source() {
            return new HomesRef(Role.SOURCE.wireName(), place.source().toString());
        }

        HomesRef target() {
            return new HomesRef(Role.TARGET.wireName(), place.target().toString());
        }
    }
}
