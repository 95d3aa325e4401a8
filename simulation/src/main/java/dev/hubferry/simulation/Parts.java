package dev.hubferry.simulation;

import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.protocol.Fence;
import dev.hubferry.simulation.protocol.Inbox;
import dev.hubferry.simulation.protocol.Journal;
import dev.hubferry.simulation.saga.Alarms;
import dev.hubferry.simulation.saga.Brain;
import dev.hubferry.simulation.saga.Orchestrator;
import dev.hubferry.simulation.saga.Turns;
import dev.hubferry.simulation.world.DnsWork;
import dev.hubferry.simulation.world.StorageWork;
import dev.hubferry.simulation.world.World;
import java.time.Duration;

/** What a schedule is put together from; a test puts a broken part in to see that an invariant catches it. */
public class Parts {
    private static final SagaDefinition DEFINITION =
            MigrateHub.definition(new Patience(tries(4), tries(5), tries(5), Duration.ofMinutes(1)));

    private static RetryPolicy tries(int attempts) {
        return new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), attempts);
    }

    protected SagaDefinition definition() {
        return DEFINITION;
    }

    protected Brain brain() {
        return new Brain();
    }

    protected Alarms alarms() {
        return new Alarms();
    }

    protected Turns turns(Turns.Setting setting) {
        return new Turns(setting);
    }

    protected Inbox inbox() {
        return new Inbox();
    }

    protected Journal journal() {
        return new Journal();
    }

    protected Fence fence() {
        return new Fence();
    }

    /** How rare it is that a runner takes hours for a home. */
    protected int oneRunnerSlowIn() {
        return 200;
    }

    protected StorageWork storage(World world, Chance chance) {
        return new StorageWork(world, chance);
    }

    protected DnsWork dns(World world, Chance chance) {
        return new DnsWork(world, chance);
    }

    protected Orchestrator orchestrator(Orchestrator.Setting setting) {
        return new Orchestrator(setting);
    }
}
