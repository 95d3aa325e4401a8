package dev.hubferry.contracts;

/** What k8s-svc can be asked. */
public sealed interface K8sCommand extends Command {
    @Override
    default Participant participant() {
        return Participant.K8S;
    }

    /** Looks at the source hub without changing anything; answered with {@link K8sReply.SourceChecked}. */
    @WireType("k8s.check-source.v1")
    record CheckSource(HubRef hub, HomesRef homes) implements K8sCommand {
        public CheckSource {
            Require.present(hub, "hub");
            Require.present(homes, "homes");
        }
    }

    /** Looks at the target hub, and whether users' home directories are rendered as on the source, without changing anything; answered with {@link K8sReply.TargetChecked}. */
    @WireType("k8s.check-target.v1")
    record CheckTarget(HubRef hub, HomesRef homes, HubRef source) implements K8sCommand {
        public CheckTarget {
            Require.present(hub, "hub");
            Require.present(homes, "homes");
            Require.present(source, "source");
        }
    }

    /** Keeps everybody out of the target hub and stops it, until {@link OpenTarget}; answered with {@link K8sReply.TargetHeld}. */
    @WireType("k8s.hold-target.v1")
    record HoldTarget(HubRef hub) implements K8sCommand {
        public HoldTarget {
            Require.present(hub, "hub");
        }
    }

    /** Undoes {@link HoldTarget}: way in and replicas as they were; answered with {@link K8sReply.TargetReleased}. */
    @WireType("k8s.release-target.v1")
    record ReleaseTarget(HubRef hub) implements K8sCommand {
        public ReleaseTarget {
            Require.present(hub, "hub");
        }
    }

    /** Takes the source hub's public Service away and keeps its manifest (a LoadBalancer, which would come back with another address, is shut by its selector); answered with {@link K8sReply.SourceClosed}. */
    @WireType("k8s.close-source.v1")
    record CloseSource(HubRef hub) implements K8sCommand {
        public CloseSource {
            Require.present(hub, "hub");
        }
    }

    /** Undoes {@link CloseSource}; answered with {@link K8sReply.SourceReopened}. */
    @WireType("k8s.reopen-source.v1")
    record ReopenSource(HubRef hub) implements K8sCommand {
        public ReopenSource {
            Require.present(hub, "hub");
        }
    }

    /** Deletes every user's server and every pod that can write to the homes, found by label and by volume, and waits until all are gone; answered with {@link K8sReply.UsersEvicted}. */
    @WireType("k8s.evict-users.v1")
    record EvictUsers(HubRef hub, HomesRef homes) implements K8sCommand {
        public EvictUsers {
            Require.present(hub, "hub");
            Require.present(homes, "homes");
        }
    }

    /** Scales the source hub to none and waits until its pod is gone; answered with {@link K8sReply.SourceHubStopped}. */
    @WireType("k8s.stop-source-hub.v1")
    record StopSourceHub(HubRef hub) implements K8sCommand {
        public StopSourceHub {
            Require.present(hub, "hub");
        }
    }

    /** Undoes {@link StopSourceHub}: replicas as they were, and ready; answered with {@link K8sReply.SourceHubStarted}. */
    @WireType("k8s.start-source-hub.v1")
    record StartSourceHub(HubRef hub) implements K8sCommand {
        public StartSourceHub {
            Require.present(hub, "hub");
        }
    }

    /** Starts the held target hub on the moved database and waits until it is ready; still nobody gets in; answered with {@link K8sReply.TargetHubStarted}. */
    @WireType("k8s.start-target-hub.v1")
    record StartTargetHub(HubRef hub) implements K8sCommand {
        public StartTargetHub {
            Require.present(hub, "hub");
        }
    }

    /** Undoes {@link StartTargetHub}; answered with {@link K8sReply.TargetHubStopped}. */
    @WireType("k8s.stop-target-hub.v1")
    record StopTargetHub(HubRef hub) implements K8sCommand {
        public StopTargetHub {
            Require.present(hub, "hub");
        }
    }

    /**
     * Asks the held hub through a port-forward whether it answers on the moved database, and a pod whether the homes are mounted; answered with {@link K8sReply.TargetSmokeTested}.
     *
     * @param users accounts that the moved database holds
     */
    @WireType("k8s.smoke-test-target.v1")
    record SmokeTestTarget(HubRef hub, HomesRef homes, long users) implements K8sCommand {
        public SmokeTestTarget {
            Require.present(hub, "hub");
            Require.present(homes, "homes");
            Require.notNegative(users, "users");
        }
    }

    /** Shows that nothing reopened either hub and that no pod can write to the source's homes; answered with {@link K8sReply.FenceConfirmed}. */
    @WireType("k8s.confirm-fence.v1")
    record ConfirmFence(HubRef source, HubRef target, HomesRef homes) implements K8sCommand {
        public ConfirmFence {
            Require.present(source, "source");
            Require.present(target, "target");
            Require.present(homes, "homes");
        }
    }

    /** The pivot: lets users into the target hub; answered with {@link K8sReply.TargetOpened}. */
    @WireType("k8s.open-target.v1")
    record OpenTarget(HubRef hub) implements K8sCommand {
        public OpenTarget {
            Require.present(hub, "hub");
        }
    }

    /**
     * Asks the target's ingress for the hub by its public name; answered with {@link K8sReply.TargetLive}.
     *
     * @param host the public DNS name
     */
    @WireType("k8s.verify-live.v1")
    record VerifyLive(HubRef hub, String host) implements K8sCommand {
        public VerifyLive {
            Require.present(hub, "hub");
            Require.text(host, "host");
        }
    }
}
