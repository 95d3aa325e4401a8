package dev.hubferry.simulation.world;

import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.SagaContext;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.simulation.check.Invariant;
import dev.hubferry.simulation.check.Violation;
import dev.hubferry.simulation.protocol.Letter;
import dev.hubferry.simulation.protocol.Witness;
import dev.hubferry.simulation.saga.Scribe;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Looks at the world after every event, and at the end, and throws a {@link Violation} when something is not as it must be. */
public final class Watch implements Witness, Scribe {
    private final World world;
    private final Users users;
    private final Map<String, Long> latestRun = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> applied = new HashSet<>();
    private final Set<StepRef> awaited = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private boolean held;
    private boolean releasing;
    private boolean verified;
    private boolean pivoted;
    private int passesAllowed = 1;
    private int refusals;
    private int otherTtl;

    public Watch(World world, Users users) {
        this.world = world;
        this.users = users;
        this.otherTtl = world.zone.otherTtl();
    }

    /** How often the outside refused a run that had been taken over. */
    public int refusals() {
        return refusals;
    }

    /** What the record of the other migration has to be in the end. */
    public void expectOtherTtl(int seconds) {
        otherTtl = seconds;
    }

    @Override
    public void began(String service, String exclusiveKey, long token) {
        latestRun.merge(exclusiveKey, token, Math::max);
    }

    @Override
    public void wrote(String service, String exclusiveKey, long token) {
        long latest = latestRun.merge(exclusiveKey, token, Math::max);
        require(
                latest == token,
                Invariant.TWO_EXECUTORS,
                () -> "a run of " + service + " wrote for " + exclusiveKey + " after a later one had begun");
    }

    @Override
    public void ended(Letter command, Reply reply) {
        require(done.add(command.id()), Invariant.DONE_TWICE, () -> command.id() + " ended with " + reply);
        held |= reply instanceof K8sReply.TargetHeld;
        verified |= reply instanceof StorageReply.HomesVerified;
    }

    @Override
    public void refused() {
        refusals++;
    }

    @Override
    public void sent(Letter command) {
        awaited.add(command.step());
        releasing |=
                command.step().name().equals("hold-target") && command.step().direction() == StepRef.Direction.UNDO;
    }

    @Override
    public void heard(Letter reply) {
        awaited.remove(reply.step());
    }

    @Override
    public void applied(Letter reply) {
        require(applied.add(reply.id()), Invariant.REPLY_TWICE, reply::id);
    }

    @Override
    public void uses(SlotQueue queue) {
        queue.pools()
                .forEach(pool -> require(
                        pool.held().size() <= pool.limit(),
                        Invariant.LIMIT_EXCEEDED,
                        () -> pool.slot().key() + " is had by " + pool.held()));
    }

    @Override
    public void waits(String step, boolean queued) {
        if (queued) {
            waiting.add(step);
        } else {
            waiting.remove(step);
        }
    }

    @Override
    public void closes(SagaState state, Instant now) {
        MigrationSpec spec = state.subject().spec();
        passesAllowed = switch (spec.cutover().onLateWrites()) {
            case TAKE_BACK -> 1;
            case COPY_AGAIN -> 3;
        };
        PassForecast forecast = MigrateHub.finalPass(new SagaContext(spec, state.ledger(), now));
        boolean said = state.ledger().gate("approve-downtime") instanceof GateState.Approved yes
                && yes.overBudget().isPresent();
        spec.cutover()
                .finalPassBudget()
                .ifPresent(budget -> require(
                        said
                                || forecast.high()
                                        .filter(high -> high.compareTo(budget) <= 0)
                                        .isPresent(),
                        Invariant.OVER_BUDGET,
                        () -> forecast + ", but the budget is " + budget));
    }

    @Override
    public void pivoted() {
        pivoted = true;
    }

    /** To be called after every event. */
    public void look() {
        boolean targetOpen = world.target.isOpen();
        require(
                world.mostFinalPasses <= passesAllowed,
                Invariant.ENDLESS_COPYING,
                () -> world.mostFinalPasses + " final passes, but " + passesAllowed + " are allowed");
        require(waiting.isEmpty() || world.source.isOpen(), Invariant.WAITED_WHILE_DOWN, waiting::toString);
        if (pivoted) {
            requireMoved(targetOpen);
            return;
        }
        require(
                users.writesOnTarget() == 0,
                Invariant.TARGET_WRITTEN_EARLY,
                () -> users.writesOnTarget() + " writes on the target before the pivot");
        if (targetOpen && held) {
            boolean both = world.source.isOpen() && !releasing;
            require(!both, Invariant.BOTH_OPEN, () -> "before the pivot");
            boolean own = world.targetDatabase.origin() == Side.TARGET && world.zone.leadsTo() == Side.SOURCE;
            require(releasing && own, Invariant.TARGET_OPENED_EARLY, () -> "releasing " + releasing + ", own " + own);
        }
        if (world.zone.leadsTo() == Side.TARGET) {
            require(verified && world.isMoved(), Invariant.DNS_UNVERIFIED, () -> "verified " + verified);
        }
    }

    private void requireMoved(boolean targetOpen) {
        if (targetOpen) {
            require(!world.source.isOpen(), Invariant.BOTH_OPEN, () -> "after the pivot");
            require(!users.someCacheLeadsToSource(), Invariant.STALE_CACHE, () -> "the target is open");
        }
    }

    /** To be called when nothing more happens by itself. */
    public void close(SagaState state) {
        require(awaited.isEmpty(), Invariant.UNANSWERED, awaited::toString);
        require(world.zone.otherTtl() == otherTtl, Invariant.BYSTANDER_HIT, () -> "its record is " + world.zone);
        switch (state) {
            case SagaState.Completed _ -> requireCompleted();
            case SagaState.RolledBack _ -> requireRolledBack();
            case SagaState.Parked _ -> {}
            case SagaState.Running _, SagaState.Compensating _ ->
                throw new Violation(
                        Invariant.LIVENESS, "nothing is left to happen, and the migration is " + describe(state));
        }
    }

    private void requireCompleted() {
        requireHomes(world.newHomes);
        int logins = world.loginsOnSource + world.loginsOnTarget;
        require(world.targetDatabase.logins() == logins, Invariant.WRITE_LOST, () -> "of " + logins + " logins");
        boolean clean = world.keysOnSource == 0
                && !world.keyOnTarget
                && world.zone.ttl() == World.OLD_TTL
                && world.target.isOpen()
                && world.zone.leadsTo() == Side.TARGET;
        require(clean, Invariant.NOT_CLEANED_UP, () -> String.valueOf(world.difference()));
    }

    private void requireRolledBack() {
        world.difference().ifPresent(difference -> {
            throw new Violation(Invariant.WORLD_DIFFERS, difference);
        });
        requireHomes(world.oldHomes);
        require(
                world.sourceDatabase.logins() == world.loginsOnSource,
                Invariant.WRITE_LOST,
                () -> "of " + world.loginsOnSource + " logins");
    }

    private void requireHomes(Homes homes) {
        boolean all = Arrays.equals(homes.fromSource, world.acknowledgedOnSource)
                && Arrays.equals(homes.fromTarget, world.acknowledgedOnTarget);
        require(
                all,
                Invariant.WRITE_LOST,
                () -> "homes hold " + Arrays.toString(homes.fromSource) + " and "
                        + Arrays.toString(homes.fromTarget) + " of " + Arrays.toString(world.acknowledgedOnSource)
                        + " and "
                        + Arrays.toString(world.acknowledgedOnTarget));
    }

    private static String describe(SagaState state) {
        return state.getClass().getSimpleName();
    }

    @FunctionalInterface
    private interface Detail {
        String text();
    }

    private static void require(boolean holds, Invariant invariant, Detail detail) {
        if (!holds) {
            throw new Violation(invariant, detail.text());
        }
    }
}
