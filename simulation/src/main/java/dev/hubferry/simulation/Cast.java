package dev.hubferry.simulation;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.MigrationSpec.Cutover;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.Rows;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everybody in one schedule, and the topics between them. */
final class Cast {
    private static final MigrationId MIGRATION = new MigrationId("m-1");
    /** Some teams give the downtime a limit. */
    private static final Cutover AT_MOST_TEN_MINUTES =
            new Cutover(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMinutes(10)), OnTrouble.TAKE_BACK);

    /** Others want no long final pass: this is enough if the hub is closed soon after the seed. */
    private static final Cutover AT_MOST_A_QUARTER_FOR_THE_FINAL_PASS = new Cutover(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(15)),
            OnTrouble.TAKE_BACK);

    private Cutover cutover() {
        return switch (chance.dice().below(4)) {
            case 0 -> AT_MOST_TEN_MINUTES;
            case 1 -> atNight(chance.agenda().instant());
            case 2 -> AT_MOST_A_QUARTER_FOR_THE_FINAL_PASS;
            default -> Cutover.ANY_TIME;
        };
    }

    /** Others have a window for it. */
    private static Cutover atNight(Instant today) {
        Instant start = today.plus(Duration.ofHours(12));
        return new Cutover(
                Optional.of(start), Optional.of(start.plus(Duration.ofDays(3))), Optional.empty(), OnTrouble.TAKE_BACK);
    }

    private Cutover withLateWrites(Cutover cutover) {
        return new Cutover(
                cutover.start(),
                cutover.end(),
                cutover.maxDowntime(),
                cutover.finalPassBudget(),
                cutover.onTrouble(),
                chance.dice().oneIn(2) ? OnLateWrites.COPY_AGAIN : OnLateWrites.TAKE_BACK);
    }

    private static MigrationSpec spec(Cutover cutover) {
        return new MigrationSpec(
                "astro",
                new HubRef("old", "astro", Optional.empty()),
                new HubRef("new", "astro", Optional.empty()),
                new MigrationSpec.Homes(
                        new HomesRef("nfs-old", "/homes"), new HomesRef("nfs-new", "/homes"), ExistingHomes.REFUSE),
                new MigrationSpec.Database(Set.of()),
                new MigrationSpec.Dns("example", "astro.example.org", Duration.ofSeconds(300)),
                cutover,
                new MigrationSpec.Approvals(Duration.ofDays(7), false),
                Duration.ofDays(1),
                Priority.DEFAULT);
    }

    private final Chance chance;
    private final Settings settings;
    private final Users users;
    private final Watch watch;
    private final Participants participants;
    private final Partition replies;
    private final Partition repliesToOthers;
    private final List<Service> services = new ArrayList<>();
    private final Map<Participant, Partition> commands = new EnumMap<>(Participant.class);
    private final Orchestrator orchestrator;

    /** Replies go to an orchestrator that is made only later. */
    private static final class Late implements Partition.Consumer {
        private Partition.Consumer consumer = _ -> false;

        @Override
        public boolean accept(List<Letter> batch) {
            return consumer.accept(batch);
        }
    }

    Cast(Chance chance, Parts parts, Rows rows, Settings settings) {
        this.chance = chance;
        this.settings = settings;
        boolean targetRuns = settings.targetRuns() && chance.dice().oneIn(2);
        World world = new World(chance.dice(), targetRuns, parts.oneRunnerSlowIn());
        this.users = new Users(world, chance);
        this.watch = new Watch(world, users);
        this.participants = new Participants(world, parts.storage(world, chance), parts.dns(world, chance));
        Late orchestrators = new Late();
        this.replies = new Partition(chance, "replies", orchestrators);
        this.repliesToOthers = new Partition(chance, "replies of m-2", _ -> true);
        Service dns = addServices(parts);
        Partition foreign = new Partition(chance, "dns of m-2", dns);
        this.orchestrator = orchestrator(parts, rows, new Bystander(chance, foreign, watch));
        orchestrators.consumer = orchestrator;
    }

    Users users() {
        return users;
    }

    Watch watch() {
        return watch;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    Collection<Service> services() {
        return services;
    }

    /** Returns the one that another migration uses as well. */
    private Service addServices(Parts parts) {
        addService(Participant.STORAGE, parts, settings.hostFence() ? new Fence.OfHosts() : parts.fence());
        addService(Participant.K8S, parts, parts.fence());
        addService(Participant.DB, parts, parts.fence());
        return addService(Participant.DNS, parts, parts.fence());
    }

    private Service addService(Participant participant, Parts parts, Fence fence) {
        String name = participant.wireName();
        Service.Stores stores = new Service.Stores(parts.inbox(), parts.journal(), fence);
        Service service = new Service(chance, name, stores, participants, watch, replies, repliesToOthers);
        services.add(service);
        commands.put(participant, new Partition(chance, name, service));
        return service;
    }

    private Orchestrator orchestrator(Parts parts, Rows rows, Bystander scribe) {
        SagaDefinition definition = parts.definition();
        Subject subject = new Subject(
                MIGRATION,
                definition.id(),
                spec(withLateWrites(cutover())),
                "op",
                chance.agenda().instant());
        Orchestrator.Mind mind = new Orchestrator.Mind(definition, rows, parts.brain(), parts.alarms(), parts::turns);
        return parts.orchestrator(new Orchestrator.Setting(chance, mind, subject, commands, scribe));
    }
}
