package dev.hubferry.orchestrator.saga;

import static dev.hubferry.orchestrator.saga.SagaTable.approval;
import static dev.hubferry.orchestrator.saga.SagaTable.claim;
import static dev.hubferry.orchestrator.saga.SagaTable.closing;
import static dev.hubferry.orchestrator.saga.SagaTable.db;
import static dev.hubferry.orchestrator.saga.SagaTable.dns;
import static dev.hubferry.orchestrator.saga.SagaTable.k8s;
import static dev.hubferry.orchestrator.saga.SagaTable.parallel;
import static dev.hubferry.orchestrator.saga.SagaTable.parallelInHaste;
import static dev.hubferry.orchestrator.saga.SagaTable.phase;
import static dev.hubferry.orchestrator.saga.SagaTable.pivot;
import static dev.hubferry.orchestrator.saga.SagaTable.storage;
import static dev.hubferry.orchestrator.saga.SagaTable.timer;
import static dev.hubferry.orchestrator.saga.SagaTable.window;

import dev.hubferry.contracts.DbReply.DatabaseChecked;
import dev.hubferry.contracts.DbReply.DatabaseTransferred;
import dev.hubferry.contracts.DbReply.TargetDatabaseRestored;
import dev.hubferry.contracts.DnsReply.Propagated;
import dev.hubferry.contracts.DnsReply.RecordSwitched;
import dev.hubferry.contracts.DnsReply.RecordSwitchedBack;
import dev.hubferry.contracts.DnsReply.TtlLowered;
import dev.hubferry.contracts.DnsReply.TtlRestored;
import dev.hubferry.contracts.DnsReply.ZoneChecked;
import dev.hubferry.contracts.K8sReply.FenceConfirmed;
import dev.hubferry.contracts.K8sReply.SourceChecked;
import dev.hubferry.contracts.K8sReply.SourceClosed;
import dev.hubferry.contracts.K8sReply.SourceHubStarted;
import dev.hubferry.contracts.K8sReply.SourceHubStopped;
import dev.hubferry.contracts.K8sReply.SourceReopened;
import dev.hubferry.contracts.K8sReply.TargetChecked;
import dev.hubferry.contracts.K8sReply.TargetHeld;
import dev.hubferry.contracts.K8sReply.TargetHubStarted;
import dev.hubferry.contracts.K8sReply.TargetHubStopped;
import dev.hubferry.contracts.K8sReply.TargetLive;
import dev.hubferry.contracts.K8sReply.TargetOpened;
import dev.hubferry.contracts.K8sReply.TargetReleased;
import dev.hubferry.contracts.K8sReply.TargetSmokeTested;
import dev.hubferry.contracts.K8sReply.UsersEvicted;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.StorageReply.HomesChecked;
import dev.hubferry.contracts.StorageReply.HomesSeeded;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.contracts.StorageReply.HomesVerified;
import dev.hubferry.contracts.StorageReply.RouteClosed;
import dev.hubferry.contracts.StorageReply.RouteOpened;
import dev.hubferry.contracts.StorageReply.SourceQuiet;
import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.Foresight;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.SagaContext;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.forecast.Forecast;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The saga that moves a hub: THE table, read from top to bottom. A step that fails above the pivot turns the migration round, and every
 * {@code undo} of what was sent runs from bottom to top; from the pivot on it goes forward or stands still. Each row names the step,
 * the command ({@link Ask}) and the answer that means success.
 */
public final class MigrateHub {
    public static final String NAME = "migrate-hub";
    public static final int VERSION = 5;

    /** Rows that version 1 did not have. */
    private static final Set<String> NEW_IN_2 =
            Set.of("check-record", "cutover-window", "confirm-still-quiet", "confirm-still-fenced");

    private static final Foresight FINAL_PASS =
            new Foresight(MigrateHub::finalPass, spec -> spec.cutover().finalPassBudget());

    private static final List<Phase> TABLE = List.of(
            phase(
                    "prepare",
                    parallel(
                            k8s("check-source", Ask::checkSource, SourceChecked.class),
                            k8s("check-target", Ask::checkTarget, TargetChecked.class),
                            storage("check-homes", Ask::checkHomes, HomesChecked.class),
                            db("check-database", Ask::checkDatabase, DatabaseChecked.class),
                            dns("check-zone", Ask::checkZone, ZoneChecked.class)),
                    dns("check-record", Ask::checkRecord, ZoneChecked.class),
                    approval("approve-plan"),
                    k8s("hold-target", Ask::holdTarget, TargetHeld.class)
                            .undo(Ask::releaseTarget, TargetReleased.class)),
            phase(
                    "seed",
                    storage("open-route", Ask::openRoute, RouteOpened.class).undo(Ask::closeRoute, RouteClosed.class),
                    storage("seed-homes", Ask::seedHomes, HomesSeeded.class),
                    dns("lower-ttl", Ask::lowerTtl, TtlLowered.class).undo(Ask::restoreTtl, TtlRestored.class),
                    timer("old-ttl-expired", MigrateHub::oldTtlExpired).maySkip()),
            phase(
                    "cutover",
                    approval("approve-downtime").foretelling(FINAL_PASS),
                    window(
                            "cutover-window",
                            c -> c.spec().cutover().start().orElse(c.now()),
                            spec -> spec.cutover().end()),
                    closing(k8s("close-source", Ask::closeSource, SourceClosed.class)
                            .undo(Ask::reopenSource, SourceReopened.class)),
                    k8s("evict-users", Ask::evictUsers, UsersEvicted.class),
                    k8s("stop-source-hub", Ask::stopSourceHub, SourceHubStopped.class)
                            .undo(Ask::startSourceHub, SourceHubStarted.class),
                    parallelInHaste(
                            storage("sync-final", Ask::syncFinal, HomesSynced.class),
                            db("transfer-database", Ask::transferDatabase, DatabaseTransferred.class)
                                    .undo(Ask::restoreTargetDatabase, TargetDatabaseRestored.class)),
                    storage("verify-homes", Ask::verifyHomes, HomesVerified.class),
                    k8s("start-target-hub", Ask::startTargetHub, TargetHubStarted.class)
                            .undo(Ask::stopTargetHub, TargetHubStopped.class),
                    k8s("smoke-test-target", Ask::smokeTestTarget, TargetSmokeTested.class),
                    storage("confirm-quiet", Ask::confirmQuiet, SourceQuiet.class),
                    k8s("confirm-fence", Ask::confirmFence, FenceConfirmed.class),
                    dns("switch-record", Ask::switchRecord, RecordSwitched.class)
                            .undo(Ask::switchBack, RecordSwitchedBack.class),
                    dns("await-propagation", Ask::awaitPropagation, Propagated.class)
                            .maySkip(),
                    parallelInHaste(
                            storage("confirm-still-quiet", Ask::confirmQuiet, SourceQuiet.class),
                            k8s("confirm-still-fenced", Ask::confirmFence, FenceConfirmed.class)),
                    pivot(k8s("open-target", Ask::openTarget, TargetOpened.class)),
                    k8s("verify-live", Ask::verifyLive, TargetLive.class).maySkip()),
            phase("soak", timer("soak", MigrateHub::soakOver).maySkip()),
            phase(
                    "clean-up",
                    approval("approve-cleanup"),
                    dns("restore-ttl", c -> Ask.restoreTtl(c.spec()), TtlRestored.class)
                            .maySkip(),
                    storage("close-route", c -> Ask.closeRoute(c.spec()), RouteClosed.class)
                            .maySkip()));

    /** Of what there is little: each span waits until all that it needs is free, and has it to its end. */
    private static final List<Claim> CLAIMS = List.of(
            claim("seed-homes", "seed-homes", MigrateHub::seedSlots),
            // Whose hub is down waits for nobody, so this is had as a whole or not at all.
            claim("close-source", "open-target", MigrateHub::cutoverSlots));

    private MigrateHub() {}

    /** The saga as new migrations get it. */
    public static SagaDefinition definition(Patience patience) {
        return new SagaDefinition(NAME, VERSION, TABLE, CLAIMS, patience);
    }

    /** The rows that only look, from the top down to the first gate. */
    static Phase checks() {
        Phase first = TABLE.getFirst();
        return new Phase(
                first.name(),
                first.nodes().stream()
                        .takeWhile(node -> !(node instanceof Node.Approval))
                        .toList());
    }

    /** Earlier versions, for migrations that began with them. */
    public static List<SagaDefinition> older(Patience patience) {
        return List.of(
                definition(patience).asVersion(4, CLAIMS, MigrateHub::inVersion4),
                definition(patience).asVersion(3, CLAIMS, MigrateHub::inVersion3),
                definition(patience).asVersion(2, List.of(), MigrateHub::inVersion3),
                definition(patience).asVersion(1, List.of(), MigrateHub::inVersion1));
    }

    /**
     * Its homes had no options: an orchestrator that knows no later version would lose them midway, and the final pass would bring what
     * is excluded, and give everything back to its old owners.
     */
    private static Optional<Node> inVersion4(Node node) {
        return Optional.of(node);
    }

    /** Its gates foretold nothing: an orchestrator that knows no later version would lose a budget and close the hub whatever it is. */
    private static Optional<Node> inVersion3(Node node) {
        return Optional.of(node instanceof Node.Approval gate ? approval(gate.gate()) : node);
    }

    /** It heard every branch of a parallel row before it turned round. */
    private static Optional<Node> inVersion1(Node node) {
        if (SagaDefinition.names(node).anyMatch(NEW_IN_2::contains)) {
            return Optional.empty();
        }
        return inVersion3(node instanceof Node.Parallel parallel ? new Node.Parallel(parallel.steps(), false) : node);
    }

    private static Set<Slot> seedSlots(MigrationSpec spec) {
        MigrationSpec.Homes homes = spec.homes();
        return Stream.of(homes.source(), homes.target())
                .map(home -> new Slot(Kind.SEED, home.storage()))
                .collect(Collectors.toSet());
    }

    private static Set<Slot> cutoverSlots(MigrationSpec spec) {
        Stream<Slot> clusters =
                Stream.of(spec.source(), spec.target()).map(hub -> new Slot(Kind.CLUSTER_CUTOVER, hub.cluster()));
        return Stream.concat(
                        clusters,
                        Stream.of(new Slot(Kind.DNS_CUTOVER, spec.dns().zone())))
                .collect(Collectors.toSet());
    }

    /** How long the final pass would take if the hub were closed at the context's time; homes were checked and seeded before. */
    public static PassForecast finalPass(SagaContext c) {
        HomesChecked found = c.reply("check-homes", HomesChecked.class);
        List<PassReport> passes = c.reply("seed-homes", HomesSeeded.class).passes();
        return Forecast.of(passes, new Forecast.Tree(found.entries(), found.bytes()))
                .ifCutAt(c.now());
    }

    /** From then on no cache keeps the old answer longer than the lowered time to live. */
    private static Instant oldTtlExpired(SagaContext c) {
        TtlLowered lowered = c.reply("lower-ttl", TtlLowered.class);
        return lowered.at().plus(lowered.oldTtl());
    }

    private static Instant soakOver(SagaContext c) {
        return c.endOf("verify-live").plus(c.spec().soak());
    }
}
