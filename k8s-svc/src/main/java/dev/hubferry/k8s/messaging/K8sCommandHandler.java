package dev.hubferry.k8s.messaging;

import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.Reply;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.check.HubChecks;
import dev.hubferry.k8s.domain.cluster.ClusterChanges.Restored;
import dev.hubferry.k8s.domain.moves.Fence;
import dev.hubferry.k8s.domain.moves.LiveCheck;
import dev.hubferry.k8s.domain.moves.SmokeTest;
import dev.hubferry.k8s.domain.moves.SourceHub;
import dev.hubferry.k8s.domain.moves.SourceWayIn;
import dev.hubferry.k8s.domain.moves.SourceWayIn.Reopened;
import dev.hubferry.k8s.domain.moves.TargetHold;
import dev.hubferry.k8s.domain.moves.UserEviction;
import dev.hubferry.messaging.CommandHandler;
import dev.hubferry.messaging.Execution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Each command to its use case, each result to its reply. */
@ApplicationScoped
class K8sCommandHandler implements CommandHandler<K8sCommand> {
    private static final Logger LOG = Logger.getLogger(K8sCommandHandler.class);

    private final HubChecks checks;
    private final TargetHold targetHold;
    private final SourceWayIn sourceWayIn;
    private final UserEviction eviction;
    private final SourceHub sourceHub;
    private final SmokeTest smokeTest;
    private final Fence fence;
    private final LiveCheck liveCheck;

    K8sCommandHandler(
            HubChecks checks,
            TargetHold targetHold,
            SourceWayIn sourceWayIn,
            UserEviction eviction,
            SourceHub sourceHub,
            SmokeTest smokeTest,
            Fence fence,
            LiveCheck liveCheck) {
        this.checks = checks;
        this.targetHold = targetHold;
        this.sourceWayIn = sourceWayIn;
        this.eviction = eviction;
        this.sourceHub = sourceHub;
        this.smokeTest = smokeTest;
        this.fence = fence;
        this.liveCheck = liveCheck;
    }

    @Override
    public Class<K8sCommand> commandType() {
        return K8sCommand.class;
    }

    /** The hub that is changed; of two hubs, the one that users are on. */
    @Override
    public String exclusiveKey(K8sCommand command) {
        return switch (command) {
            case K8sCommand.CheckSource c -> c.hub().lockKey();
            case K8sCommand.CheckTarget c -> c.hub().lockKey();
            case K8sCommand.HoldTarget c -> c.hub().lockKey();
            case K8sCommand.ReleaseTarget c -> c.hub().lockKey();
            case K8sCommand.CloseSource c -> c.hub().lockKey();
            case K8sCommand.ReopenSource c -> c.hub().lockKey();
            case K8sCommand.EvictUsers c -> c.hub().lockKey();
            case K8sCommand.StopSourceHub c -> c.hub().lockKey();
            case K8sCommand.StartSourceHub c -> c.hub().lockKey();
            case K8sCommand.StartTargetHub c -> c.hub().lockKey();
            case K8sCommand.StopTargetHub c -> c.hub().lockKey();
            case K8sCommand.SmokeTestTarget c -> c.hub().lockKey();
            case K8sCommand.ConfirmFence c -> c.source().lockKey();
            case K8sCommand.OpenTarget c -> c.hub().lockKey();
            case K8sCommand.VerifyLive c -> c.hub().lockKey();
        };
    }

    @Override
    public Reply handle(K8sCommand command, Execution execution) throws InterruptedException {
        try {
            return answer(command, new ExecutionWork(execution));
        } catch (Refusal refusal) {
            if (Thread.interrupted()) {
                // A request that was interrupted looks like a cluster that does not answer.
                throw new InterruptedException(refusal.getMessage());
            }
            execution.ensureHeld();
            return refusal.rejected();
        }
    }

    private Reply answer(K8sCommand command, Work work) throws InterruptedException {
        return switch (command) {
            case K8sCommand.CheckSource c -> checks.source(c.hub(), c.homes());
            case K8sCommand.CheckTarget c -> new K8sReply.TargetChecked(checks.target(c.hub(), c.homes(), c.source()));
            case K8sCommand.HoldTarget c -> holdTarget(c, work);
            case K8sCommand.ReleaseTarget c -> new K8sReply.TargetReleased(targetHold.release(c.hub(), work));
            case K8sCommand.CloseSource c -> new K8sReply.SourceClosed(sourceWayIn.close(c.hub(), work));
            case K8sCommand.ReopenSource c -> reopenSource(c, work);
            case K8sCommand.EvictUsers c -> new K8sReply.UsersEvicted(eviction.evict(c.hub(), c.homes(), work));
            case K8sCommand.StopSourceHub c -> stopSourceHub(c, work);
            case K8sCommand.StartSourceHub c -> new K8sReply.SourceHubStarted(sourceHub.start(c.hub(), work));
            case K8sCommand.StartTargetHub c -> startTargetHub(c, work);
            case K8sCommand.StopTargetHub c -> new K8sReply.TargetHubStopped(targetHold.stop(c.hub(), work));
            case K8sCommand.SmokeTestTarget c -> smokeTestTarget(c, work);
            case K8sCommand.ConfirmFence c -> confirmFence(c, work);
            case K8sCommand.OpenTarget c -> new K8sReply.TargetOpened(targetHold.open(c.hub(), work));
            case K8sCommand.VerifyLive c -> new K8sReply.TargetLive(liveCheck.verify(c.hub(), c.host(), work));
        };
    }

    private Reply holdTarget(K8sCommand.HoldTarget command, Work work) throws InterruptedException {
        targetHold.hold(command.hub(), work);
        return new K8sReply.TargetHeld();
    }

    private Reply reopenSource(K8sCommand.ReopenSource command, Work work) throws InterruptedException {
        Reopened reopened = sourceWayIn.reopen(command.hub(), work);
        reopened.service().ifPresent(outcome -> tell(outcome, command, work));
        return new K8sReply.SourceReopened(reopened.happened());
    }

    private static void tell(Restored outcome, K8sCommand.ReopenSource command, Work work) {
        switch (outcome) {
            case AS_BEFORE, STOOD_AS_BEFORE -> {}
            case WITH_OTHER_ADDRESS ->
                LOG.warnf(
                        "The public Service was made again with another cluster address or node port; migration=%s hub=%s",
                        work.migration(), command.hub().lockKey());
            case STOOD_DIFFERENT ->
                LOG.warnf(
                        "Somebody else made a different public Service, which was left alone; migration=%s hub=%s",
                        work.migration(), command.hub().lockKey());
        }
    }

    private Reply stopSourceHub(K8sCommand.StopSourceHub command, Work work) throws InterruptedException {
        sourceHub.stop(command.hub(), work);
        return new K8sReply.SourceHubStopped();
    }

    private Reply startTargetHub(K8sCommand.StartTargetHub command, Work work) throws InterruptedException {
        targetHold.start(command.hub(), work);
        return new K8sReply.TargetHubStarted();
    }

    private Reply smokeTestTarget(K8sCommand.SmokeTestTarget command, Work work) throws InterruptedException {
        SmokeTest.Passed passed = smokeTest.run(command.hub(), command.homes(), command.users(), work);
        return new K8sReply.TargetSmokeTested(passed.hubVersion(), passed.users(), passed.ingress());
    }

    private Reply confirmFence(K8sCommand.ConfirmFence command, Work work) {
        fence.confirm(command.source(), command.target(), command.homes(), work);
        return new K8sReply.FenceConfirmed();
    }
}
