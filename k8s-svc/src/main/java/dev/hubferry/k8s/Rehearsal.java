package dev.hubferry.k8s;

import dev.hubferry.k8s.adapter.fabric8.Fabric8Clusters;
import dev.hubferry.k8s.config.K8sConfig;
import dev.hubferry.k8s.domain.Refusal;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Asks each cluster at start, so that operators hear early which one does not answer, and so that what the client loads on first use is
 * loaded before a hub is down. The service takes commands meanwhile; nothing here can stop it.
 */
@ApplicationScoped
class Rehearsal {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class);

    private final K8sConfig config;
    private final Fabric8Clusters clusters;

    Rehearsal(K8sConfig config, Fabric8Clusters clusters) {
        this.config = config;
        this.clusters = clusters;
    }

    void atStart(@Observes StartupEvent event) {
        var unused = Thread.ofVirtual()
                .name("rehearsal")
                .start(() -> config.clusters().keySet().forEach(this::ask));
    }

    private void ask(String cluster) {
        try {
            clusters.rehearse(cluster);
            LOG.infof("cluster answers cluster=%s", cluster);
        } catch (Refusal refusal) {
            LOG.warnf("cluster does not answer cluster=%s reason=%s", cluster, refusal.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf(e, "the rehearsal failed; commands will say more cluster=%s", cluster);
        }
    }
}
