package dev.hubferry.simulation.world;

import static dev.hubferry.simulation.protocol.Act.answer;
import static dev.hubferry.simulation.protocol.Act.done;
import static dev.hubferry.simulation.protocol.Act.write;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.simulation.protocol.Access;
import dev.hubferry.simulation.protocol.Act;
import dev.hubferry.simulation.protocol.Act.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What k8s-svc does to the modelled hubs. */
final class K8sWork {
    static final IngressAddress OLD = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.10");
    static final IngressAddress NEW = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.20");

    private static final String SOURCE_SERVICE = "source-service-deleted";
    private static final String SOURCE_REPLICAS = "source-hub-stopped";
    private static final String TARGET_SERVICE = "target-service-held";
    private static final String TARGET_REPLICAS = "target-hub-stopped";
    private static final String TARGET_STARTED = "target-hub-started";
    private static final K8sReply SOURCE_CHECKED = new K8sReply.SourceChecked(facts(OLD));
    private static final K8sReply TARGET_CHECKED = new K8sReply.TargetChecked(facts(NEW));
    private static final Rejected FENCE_BROKEN = Rejected.of(ErrorCode.FENCE_BROKEN, "somebody could get in");
    private static final Rejected NOT_READY = Rejected.of(ErrorCode.HUB_NOT_READY, "the hub does not run");

    private final World world;
    private final Hub source;
    private final Hub target;

    K8sWork(World world) {
        this.world = world;
        this.source = world.source;
        this.target = world.target;
    }

    List<Act> of(K8sCommand command) {
        return switch (command) {
            case K8sCommand.CheckSource _ -> List.of(answer(SOURCE_CHECKED));
            case K8sCommand.CheckTarget _ -> List.of(answer(TARGET_CHECKED));
            case K8sCommand.HoldTarget _ -> holdTarget();
            case K8sCommand.ReleaseTarget _ -> releaseTarget();
            case K8sCommand.CloseSource _ -> closeSource();
            case K8sCommand.ReopenSource _ -> reopenSource();
            case K8sCommand.EvictUsers _ -> evictUsers();
            case K8sCommand.StopSourceHub _ -> stopSourceHub();
            case K8sCommand.StartSourceHub _ -> startSourceHub();
            case K8sCommand.StartTargetHub _ -> startTargetHub();
            case K8sCommand.StopTargetHub _ -> stopTargetHub();
            case K8sCommand.SmokeTestTarget test -> List.of(_ -> smokeTest(test.users()));
            case K8sCommand.ConfirmFence _ -> List.of(_ -> confirmFence());
            case K8sCommand.OpenTarget _ -> openTarget();
            case K8sCommand.VerifyLive _ -> List.of(_ -> verifyLive());
        };
    }

    private List<Act> holdTarget() {
        return List.of(
                record(TARGET_SERVICE, () -> 1),
                write(() -> target.held = true),
                record(TARGET_REPLICAS, () -> target.replicas),
                write(() -> target.replicas = 0),
                answer(new K8sReply.TargetHeld()));
    }

    private List<Act> releaseTarget() {
        return List.of(
                access -> access.before(TARGET_SERVICE, Integer.class).isEmpty()
                                && access.before(TARGET_REPLICAS, Integer.class).isEmpty()
                        ? done(new K8sReply.TargetReleased(false))
                        : Next.ONWARD,
                access -> scaleBack(access, target, TARGET_REPLICAS),
                forget(TARGET_REPLICAS),
                write(() -> target.held = false),
                forget(TARGET_SERVICE),
                answer(new K8sReply.TargetReleased(true)));
    }

    private List<Act> closeSource() {
        return List.of(
                record(SOURCE_SERVICE, () -> 1),
                write(() -> source.service = false),
                access -> done(new K8sReply.SourceClosed(access.now())));
    }

    private List<Act> reopenSource() {
        return List.of(
                ifNever(SOURCE_SERVICE, new K8sReply.SourceReopened(false)),
                write(() -> source.service = true),
                forget(SOURCE_SERVICE),
                answer(new K8sReply.SourceReopened(true)));
    }

    private List<Act> evictUsers() {
        List<Act> acts = new ArrayList<>(evictions());
        acts.add(answer(new K8sReply.UsersEvicted(World.USERS)));
        return acts;
    }

    private List<Act> evictions() {
        List<Act> acts = new ArrayList<>(World.USERS);
        for (int user = 0; user < World.USERS; user++) {
            int evicted = user;
            acts.add(write(() -> source.pods[evicted] = false));
        }
        return acts;
    }

    private List<Act> stopSourceHub() {
        List<Act> acts = new ArrayList<>(8);
        acts.add(record(SOURCE_REPLICAS, () -> source.replicas));
        acts.add(write(() -> source.replicas = 0));
        // What it had begun to start in that moment.
        acts.addAll(evictions());
        acts.add(answer(new K8sReply.SourceHubStopped()));
        return acts;
    }

    private List<Act> startSourceHub() {
        return List.of(
                ifNever(SOURCE_REPLICAS, new K8sReply.SourceHubStarted(false)),
                access -> scaleBack(access, source, SOURCE_REPLICAS),
                forget(SOURCE_REPLICAS),
                answer(new K8sReply.SourceHubStarted(true)));
    }

    private List<Act> startTargetHub() {
        return List.of(
                _ -> target.held ? Next.ONWARD : done(FENCE_BROKEN),
                record(TARGET_STARTED, () -> target.replicas),
                write(() -> target.replicas = 1),
                answer(new K8sReply.TargetHubStarted()));
    }

    private List<Act> stopTargetHub() {
        return List.of(
                ifNever(TARGET_STARTED, new K8sReply.TargetHubStopped(false)),
                write(() -> target.replicas = 0),
                forget(TARGET_STARTED),
                answer(new K8sReply.TargetHubStopped(true)));
    }

    private Next smokeTest(long users) {
        boolean answers = target.replicas > 0 && world.targetDatabase.logins() == users;
        return answers ? done(new K8sReply.TargetSmokeTested("5.2.1", users, NEW)) : done(NOT_READY);
    }

    private Next confirmFence() {
        boolean closed = !source.isOpen() && source.replicas == 0 && source.podCount() == 0 && !target.isOpen();
        return done(closed ? new K8sReply.FenceConfirmed() : FENCE_BROKEN);
    }

    private List<Act> openTarget() {
        return List.of(write(() -> target.held = false), access -> done(new K8sReply.TargetOpened(access.now())));
    }

    private Next verifyLive() {
        return done(target.isOpen() ? new K8sReply.TargetLive(200) : NOT_READY);
    }

    private static Next scaleBack(Access access, Hub hub, String effect) {
        access.requireCurrent();
        access.before(effect, Integer.class).ifPresent(replicas -> hub.replicas = replicas);
        return Next.ONWARD;
    }

    private static Act record(String effect, Supplier<Integer> before) {
        return access -> {
            access.recordBefore(effect, before.get());
            return Next.ONWARD;
        };
    }

    static Act forget(String effect) {
        return access -> {
            access.forget(effect);
            return Next.ONWARD;
        };
    }

    private static Act ifNever(String effect, K8sReply reply) {
        return access -> access.before(effect, Integer.class).isEmpty() ? done(reply) : Next.ONWARD;
    }

    private static HubFacts facts(IngressAddress ingress) {
        return new HubFacts("astro", "hub:4", "4.1.6", "10.0.0.5", "/export/homes/astro", ingress, 2, List.of());
    }
}
