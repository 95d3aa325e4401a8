package dev.hubferry.simulation;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Participant;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.simulation.Outcome.Ending;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.Coverage;
import dev.hubferry.simulation.chance.Rows;
import dev.hubferry.simulation.check.Invariant;
import dev.hubferry.simulation.check.Violation;
import dev.hubferry.simulation.protocol.Fence;
import dev.hubferry.simulation.protocol.Letter;
import dev.hubferry.simulation.protocol.Partition;
import dev.hubferry.simulation.protocol.Service;
import dev.hubferry.simulation.saga.Orchestrator;
import dev.hubferry.simulation.world.Participants;
import dev.hubferry.simulation.world.Users;
import dev.hubferry.simulation.world.Watch;
import dev.hubferry.simulation.world.World;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One migration from its request to the silence after its end, on one thread, as the dice of its seed and index fall. */
final class Schedule {
    private static final int MOST_EVENTS = 50_000;
    private static final long LONGEST = Duration.ofDays(90).toMillis();
    private static final int LAST_VISITS = 12;
    private static final MigrationId MIGRATION = new MigrationId("m-1");
    private static final MigrationSpec SPEC = new MigrationSpec(
            "astro",
            new HubRef("old", "astro", Optional.empty()),
            new HubRef("new", "astro", Optional.empty()),
            new MigrationSpec.Homes(
                    new HomesRef("nfs-old", "/homes"), new HomesRef("nfs-new", "/homes"), ExistingHomes.REFUSE),
            new MigrationSpec.Database(Set.of()),
            new MigrationSpec.Dns("example", "astro.example.org", Duration.ofSeconds(300)),
            new MigrationSpec.Approvals(Duration.ofDays(7)),
            Duration.ofDays(1));

    private final Chance chance;
    private final Users users;
    private final Watch watch;
    private final Map<Participant, Service> services = new EnumMap<>(Participant.class);
    private final Orchestrator orchestrator;

    /** Some partitions deliver to what is made of them only later. */
    private static final class Late implements Partition.Consumer {
        private Partition.Consumer consumer = _ -> false;

        @Override
        public boolean accept(List<Letter> batch) {
            return consumer.accept(batch);
        }

        @Override
        public long retryAfter() {
            return consumer.retryAfter();
        }
    }

    Schedule(Chance chance, Parts parts, Rows rows, Settings settings) {
        this.chance = chance;
        World world =
                new World(chance.dice(), settings.targetRuns() && chance.dice().oneIn(2), settings.slowRunners());
        this.users = new Users(world, chance);
        this.watch = new Watch(world, users);
        Late orchestrators = new Late();
        Partition replies = new Partition(chance, "replies", orchestrators, settings.lossy());
        Partition others = new Partition(chance, "replies of m-2", _ -> true, false);
        Participants participants = new Participants(world, parts.storage(world, chance), parts.dns(world, chance));
        Map<Participant, Partition> commands = new EnumMap<>(Participant.class);
        for (Participant each : Participant.values()) {
            String name = each.wireName();
            boolean asHosts = settings.hostFence() && each == Participant.STORAGE;
            Fence fence = asHosts ? new Fence.OfHosts() : parts.fence();
            Service.Stores stores = new Service.Stores(parts.inbox(), parts.journal(), fence);
            Service service = new Service(chance, name, stores, participants, watch, replies, others);
            services.put(each, service);
            commands.put(each, new Partition(chance, name, service, settings.lossy()));
        }
        Partition foreign = new Partition(chance, "dns of m-2", service(Participant.DNS), false);
        SagaDefinition definition = parts.definition();
        Subject subject = new Subject(
                MIGRATION, definition.id(), SPEC, "op", chance.agenda().instant());
        this.orchestrator = parts.orchestrator(new Orchestrator.Setting(
                chance,
                new Orchestrator.Mind(definition, rows, parts.brain(), parts.alarms()),
                subject,
                commands,
                new Bystander(chance, foreign, watch)));
        orchestrators.consumer = orchestrator;
    }

    /** Runs one schedule. @param coverage counts the faults */
    static Outcome run(Parts parts, Settings settings, long index, Coverage coverage, Rows rows, boolean traced) {
        Chance chance = Chance.of(settings.seed(), index, coverage, traced);
        try {
            return new Schedule(chance, parts, rows, settings).run();
        } catch (Violation violation) {
            return broken(chance, violation.invariant(), String.valueOf(violation.getMessage()));
        } catch (RuntimeException e) {
            return broken(chance, Invariant.THREW, e + " at " + e.getStackTrace()[0]);
        }
    }

    private static Outcome broken(Chance chance, Invariant invariant, String message) {
        chance.trace().say("BROKEN " + message);
        return new Outcome.Broken(invariant, message, chance.trace().lines());
    }

    private Outcome run() {
        int events = 0;
        while (chance.agenda().step()) {
            watch.look();
            if (chance.dice().oneIn(5)) {
                users.act();
                watch.look();
            }
            if (++events > MOST_EVENTS || chance.agenda().now() > LONGEST) {
                throw new Violation(Invariant.LIVENESS, "still not at an end after " + events + " events");
            }
        }
        for (int visit = 0; visit < LAST_VISITS; visit++) {
            users.act();
            watch.look();
        }
        return close(events);
    }

    private Outcome close(int events) {
        SagaState state = orchestrator.state();
        watch.close(state);
        for (Service service : services.values()) {
            if (!service.isIdle()) {
                throw new Violation(Invariant.UNANSWERED, service.name() + " has not ended a command");
            }
        }
        Ending ending = switch (state) {
            case SagaState.Completed _ -> Ending.COMPLETED;
            case SagaState.RolledBack _ -> Ending.ROLLED_BACK;
            case SagaState.Parked _, SagaState.Running _, SagaState.Compensating _ -> Ending.PARKED;
        };
        return new Outcome.Sound(
                ending, events, watch.refusals(), chance.trace().lines());
    }

    private Service service(Participant participant) {
        Service service = services.get(participant);
        if (service == null) {
            throw new IllegalStateException("no service for " + participant);
        }
        return service;
    }
}
