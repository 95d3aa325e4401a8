package dev.hubferry.simulation.world;

import static dev.hubferry.simulation.protocol.Act.answer;
import static dev.hubferry.simulation.protocol.Act.done;
import static dev.hubferry.simulation.protocol.Act.write;

import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.simulation.protocol.Access;
import dev.hubferry.simulation.protocol.Act;
import dev.hubferry.simulation.protocol.Act.Next;
import java.util.List;
import java.util.Optional;

/** What db-transfer-svc does to the modelled databases. */
final class DbWork {
    private static final String OWN = "target-own";
    private static final String PLACING = "placing-begun";
    private static final DbReply CHECKED = new DbReply.DatabaseChecked("sqlite-pvc", "head", 5, 9, 0, List.of());
    private static final Rejected IN_USE = Rejected.of(ErrorCode.DATABASE_IN_USE, "a hub runs");

    private final World world;

    DbWork(World world) {
        this.world = world;
    }

    List<Act> of(DbCommand command) {
        return switch (command) {
            case DbCommand.CheckDatabase _ -> List.of(answer(CHECKED));
            case DbCommand.TransferDatabase _ -> transfer();
            case DbCommand.RestoreTargetDatabase _ -> restore();
        };
    }

    private List<Act> transfer() {
        return List.of(
                access -> {
                    access.remember(world.sourceDatabase);
                    return bothRest() ? Next.ONWARD : done(IN_USE);
                },
                access -> {
                    access.recordBefore(OWN, world.targetDatabase);
                    return Next.ONWARD;
                },
                this::keepOwn,
                access -> {
                    access.recordBefore(PLACING, 1);
                    return bothRest() ? Next.ONWARD : done(IN_USE);
                },
                this::place,
                this::transferred);
    }

    private Next keepOwn(Access access) {
        access.requireCurrent();
        if (access.before(PLACING, Integer.class).isEmpty()) {
            world.keptDatabase = Optional.of(world.targetDatabase);
        }
        return Next.ONWARD;
    }

    private Next place(Access access) {
        access.requireCurrent();
        world.targetDatabase = access.remembered(Database.class);
        return Next.ONWARD;
    }

    private Next transferred(Access access) {
        Database moved = access.remembered(Database.class);
        return done(new DbReply.DatabaseTransferred(moved.logins(), 9, "aa", "bb", "head"));
    }

    private List<Act> restore() {
        return List.of(
                access -> access.before(OWN, Database.class).isEmpty()
                        ? done(new DbReply.TargetDatabaseRestored(false))
                        : Next.ONWARD,
                _ -> world.target.replicas == 0 ? Next.ONWARD : done(IN_USE),
                this::putBack,
                write(() -> world.keptDatabase = Optional.empty()),
                K8sWork.forget(PLACING),
                K8sWork.forget(OWN),
                answer(new DbReply.TargetDatabaseRestored(true)));
    }

    private Next putBack(Access access) {
        access.requireCurrent();
        if (access.before(PLACING, Integer.class).isPresent()) {
            world.keptDatabase.ifPresent(own -> world.targetDatabase = own);
        }
        return Next.ONWARD;
    }

    private boolean bothRest() {
        return world.source.replicas == 0 && world.target.replicas == 0;
    }
}
