package dev.hubferry.contracts;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What k8s-svc answers when a command succeeded. */
public sealed interface K8sReply extends Reply {

    /**
     * @param facts what was found
     * @param activeHomes names of home directories, those of the users first who were active last; 2,000 at most. None when the hub does
     *     not tell, and a name may have no directory
     */
    @WireType("k8s.source-checked.v1")
    record SourceChecked(HubFacts facts, List<String> activeHomes) implements K8sReply {
        public SourceChecked {
            Require.present(facts, "facts");
            // A k8s-svc of an earlier version does not say.
            activeHomes = activeHomes == null ? List.of() : List.copyOf(activeHomes);
        }

        /** A hub that does not tell who was active. */
        public SourceChecked(HubFacts facts) {
            this(facts, List.of());
        }
    }

    /** @param facts what was found */
    @WireType("k8s.target-checked.v1")
    record TargetChecked(HubFacts facts) implements K8sReply {
        public TargetChecked {
            Require.present(facts, "facts");
        }
    }

    /** Nobody gets into the target, and its hub does not run. */
    @WireType("k8s.target-held.v1")
    record TargetHeld() implements K8sReply {}

    /** @param happened false when the target was not held */
    @WireType("k8s.target-released.v1")
    record TargetReleased(boolean happened) implements K8sReply {}

    /** @param at when the public Service was gone */
    @WireType("k8s.source-closed.v1")
    record SourceClosed(Instant at) implements K8sReply {
        public SourceClosed {
            Require.present(at, "at");
        }
    }

    /** @param happened false when the source was not closed */
    @WireType("k8s.source-reopened.v1")
    record SourceReopened(boolean happened) implements K8sReply {}

    /** @param pods how many were deleted */
    @WireType("k8s.users-evicted.v1")
    record UsersEvicted(int pods) implements K8sReply {}

    /** No pod of the source hub is left. */
    @WireType("k8s.source-hub-stopped.v1")
    record SourceHubStopped() implements K8sReply {}

    /** @param happened false when the hub was not stopped */
    @WireType("k8s.source-hub-started.v1")
    record SourceHubStarted(boolean happened) implements K8sReply {}

    /** The target hub is ready; nobody gets in yet. */
    @WireType("k8s.target-hub-started.v1")
    record TargetHubStarted() implements K8sReply {}

    /** @param happened false when the hub was not started */
    @WireType("k8s.target-hub-stopped.v1")
    record TargetHubStopped(boolean happened) implements K8sReply {}

    /**
     * @param hubVersion what the hub says of itself
     * @param users accounts that the hub lists; empty when it has no service token to ask it with, so that only its version was heard
     * @param ingress where DNS has to point now
     */
    @WireType("k8s.target-smoke-tested.v1")
    record TargetSmokeTested(String hubVersion, OptionalLong users, IngressAddress ingress) implements K8sReply {
        public TargetSmokeTested {
            Require.text(hubVersion, "hubVersion");
            users = users == null ? OptionalLong.empty() : users;
            Require.present(ingress, "ingress");
        }

        /** What a hub answered that listed its users. */
        public TargetSmokeTested(String hubVersion, long users, IngressAddress ingress) {
            this(hubVersion, OptionalLong.of(users), ingress);
        }
    }

    /** Both hubs are closed, and no pod mounts the source's homes. */
    @WireType("k8s.fence-confirmed.v1")
    record FenceConfirmed() implements K8sReply {}

    /** @param at when the way in was open */
    @WireType("k8s.target-opened.v1")
    record TargetOpened(Instant at) implements K8sReply {
        public TargetOpened {
            Require.present(at, "at");
        }
    }

    /** @param status the HTTP status that the hub answered */
    @WireType("k8s.target-live.v1")
    record TargetLive(int status) implements K8sReply {}
}
