package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.Refusal;
import org.jboss.logging.Logger;

/** One short-lived pod, from its making to its end. */
final class PodLease implements PodDatabaseRoom.Tenancy {
    private static final Logger LOG = Logger.getLogger(PodLease.class);

    private final HelperPods pods;
    private final HubRef hub;
    private final String name;
    private final HelperPod manifest;
    private final boolean awaitEnd;

    /** @param awaitEnd whether the end is waited for: a hub that starts next needs the volume */
    PodLease(HelperPods pods, HubRef hub, String name, HelperPod manifest, boolean awaitEnd) {
        this.pods = pods;
        this.hub = hub;
        this.name = name;
        this.manifest = manifest;
        this.awaitEnd = awaitEnd;
    }

    @Override
    public HubRef hub() {
        return hub;
    }

    @Override
    public long user() {
        return manifest.user();
    }

    @Override
    public long group() {
        return manifest.group();
    }

    /** Deletes the pod, also when this thread is asked to stop; one that cannot be deleted ends by its deadline. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            pods.delete(name);
            if (awaitEnd) {
                pods.awaitGone(name);
            }
        } catch (Refusal e) {
            LOG.warnf(
                    "pod not removed pod=%s namespace=%s cluster=%s reason=%s",
                    name, hub.namespace(), hub.cluster(), e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
