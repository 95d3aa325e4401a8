package dev.hubferry.simulation.world;

import static dev.hubferry.simulation.protocol.Act.answer;
import static dev.hubferry.simulation.protocol.Act.done;
import static dev.hubferry.simulation.protocol.Act.write;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.protocol.Access;
import dev.hubferry.simulation.protocol.Act;
import dev.hubferry.simulation.protocol.Act.Next;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What storage-svc does to the modelled homes. */
public class StorageWork {
    private static final String FINAL_PASS = "final-pass";
    private static final int MOST_PASSES = 3;
    private static final StorageReply CHECKED = new StorageReply.HomesChecked(3, 9, 9, 9, 9, List.of());
    private static final Receipt RECEIPT = new Receipt(3, 9, 9, 9, "0f");
    private static final Rejected NO_ROUTE = Rejected.of(ErrorCode.ROUTE_NOT_OPEN, "no route");
    private static final Rejected TREES_DIFFER = Rejected.of(ErrorCode.TREES_DIFFER, "a home differs");
    private static final Rejected CHANGED = Rejected.of(ErrorCode.SOURCE_CHANGED, "somebody wrote");

    private static final Next LOOK_AGAIN = new Next.Again(700);
    private static final Next LOOK_LATER = new Next.Again(600_000);

    private final World world;
    private final Chance chance;

    public StorageWork(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    final List<Act> of(StorageCommand command) {
        return switch (command) {
            case StorageCommand.CheckHomes _ -> List.of(answer(CHECKED));
            case StorageCommand.OpenRoute _ -> openRoute();
            case StorageCommand.CloseRoute _ -> closeRoute();
            case StorageCommand.SeedHomes _ -> seedHomes();
            case StorageCommand.SyncFinal sync -> syncFinal(sync.onLateWrites());
            case StorageCommand.VerifyHomes _ -> verifyHomes();
            case StorageCommand.ConfirmQuiet _ -> List.of(this::confirmQuiet);
        };
    }

    private List<Act> openRoute() {
        return List.of(
                write(() -> world.keyOnTarget = true),
                access -> {
                    access.requireCurrent();
                    if (world.keysOnSource == 0) {
                        world.keysOnSource++;
                    }
                    return Next.ONWARD;
                },
                answer(new StorageReply.RouteOpened("SHA256:abc")));
    }

    private List<Act> closeRoute() {
        return List.of(
                access -> {
                    boolean open = world.keysOnSource > 0 || world.keyOnTarget;
                    return open ? Next.ONWARD : done(new StorageReply.RouteClosed(false));
                },
                write(world::stopRunners),
                write(() -> world.keysOnSource = 0),
                write(() -> world.keyOnTarget = false),
                answer(new StorageReply.RouteClosed(true)));
    }

    private List<Act> seedHomes() {
        return List.of(
                _ -> routeOpen(),
                access -> start(access, PassReport.Kind.SEED),
                this::follow,
                access -> done(new StorageReply.HomesSeeded(seeded(access.now()))));
    }

    private List<Act> syncFinal(OnLateWrites onLateWrites) {
        return List.of(
                _ -> routeOpen(),
                this::scan,
                access -> start(access, PassReport.Kind.FINAL),
                this::follow,
                access -> switch (onLateWrites) {
                    case TAKE_BACK -> Next.ONWARD;
                    case COPY_AGAIN -> copyLateWrites(access);
                },
                access -> done(new StorageReply.HomesSynced(pass(PassReport.Kind.FINAL, access))));
    }

    /** What a final pass finds on the source, kept until the source is shown to be quiet. */
    private Next scan(Access access) {
        if (world.runnerOf(access.command()).isEmpty()) {
            keepScan(access);
        }
        return Next.ONWARD;
    }

    private void keepScan(Access access) {
        access.forget(FINAL_PASS);
        access.recordBefore(FINAL_PASS, world.oldHomes.fromSource.clone());
    }

    /** Looks at the source when a pass is done, and begins another when something was written. */
    private Next copyLateWrites(Access access) {
        Optional<Runner> last = world.runnerOf(access.command());
        if (last.isPresent() && !last.get().isDone()) {
            return follow(access);
        }
        if (isQuiet(access)) {
            return Next.ONWARD;
        }
        if (passesMade(access) >= MOST_PASSES) {
            return done(CHANGED);
        }
        access.requireCurrent();
        endOthers();
        keepScan(access);
        world.start(new Runner(world, chance, access.command(), PassReport.Kind.FINAL));
        return LOOK_AGAIN;
    }

    /** By all runs of the command. */
    protected int passesMade(Access access) {
        return world.passesOf(access.command());
    }

    /** A pass that this command asked for before is gone on with. */
    protected Next start(Access access, PassReport.Kind kind) {
        access.requireCurrent();
        if (world.runnerOf(access.command()).isEmpty()) {
            endOthers();
            world.start(new Runner(world, chance, access.command(), kind));
        }
        return Next.ONWARD;
    }

    /** Runners of attempts that were given up may still be at work. */
    protected void endOthers() {
        world.stopRunners();
    }

    /** Looks until the pass is done. */
    protected Next follow(Access access) {
        Runner runner = world.runnerOf(access.command()).orElseThrow();
        if (runner.isDone()) {
            return Next.ONWARD;
        }
        return runner.isSlow() ? LOOK_LATER : LOOK_AGAIN;
    }

    private List<Act> verifyHomes() {
        List<Act> acts = new ArrayList<>(World.USERS + 1);
        for (int user = 0; user < World.USERS; user++) {
            acts.add(compare(user));
        }
        acts.add(answer(new StorageReply.HomesVerified(RECEIPT)));
        return acts;
    }

    protected Act compare(int user) {
        return _ -> world.newHomes.sameAs(world.oldHomes, user) ? Next.ONWARD : done(TREES_DIFFER);
    }

    private Next confirmQuiet(Access access) {
        return done(isQuiet(access) ? new StorageReply.SourceQuiet(9) : CHANGED);
    }

    private boolean isQuiet(Access access) {
        return access.before(FINAL_PASS, int[].class)
                .filter(then -> Arrays.equals(then, world.oldHomes.fromSource))
                .isPresent();
    }

    private Next routeOpen() {
        return world.keysOnSource > 0 && world.keyOnTarget ? Next.ONWARD : done(NO_ROUTE);
    }

    /** A pass of twenty minutes over everything, and one of a minute that has just ended. */
    private static List<PassReport> seeded(Instant now) {
        Instant last = now.minusSeconds(60);
        Instant first = last.minusSeconds(1_200);
        return List.of(
                new PassReport(1, PassReport.Kind.SEED, first, last, 7_000, 6_500, 120_000_000, 0),
                new PassReport(2, PassReport.Kind.SEED, last, now, 7_000, 240, 12_000_000, 0));
    }

    private static PassReport pass(PassReport.Kind kind, Access access) {
        return new PassReport(1, kind, access.now(), access.now(), 9, 9, 9, 0);
    }
}
