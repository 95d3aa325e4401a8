package dev.hubferry.db;

import dev.hubferry.db.adapter.kubernetes.ClusterProbe;
import dev.hubferry.db.config.DbTransferConfig;
import dev.hubferry.db.domain.DatabaseDoctor;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.Workplace;
import dev.hubferry.db.domain.Workplace.Desk;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import org.jboss.logging.Logger;

/**
 * Touches at start what the first command needs: says which clusters answer, and has everything loaded that would otherwise load while a
 * hub is down. The service takes commands meanwhile; nothing here can stop it.
 */
@ApplicationScoped
class Rehearsal {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class);

    private final DbTransferConfig config;
    private final ClusterProbe probe;
    private final Workplace workplace;
    private final DatabaseDoctor doctor;

    private volatile boolean over;

    Rehearsal(DbTransferConfig config, ClusterProbe probe, Workplace workplace, DatabaseDoctor doctor) {
        this.config = config;
        this.probe = probe;
        this.workplace = workplace;
        this.doctor = doctor;
    }

    void atStart(@Observes StartupEvent event) {
        var unused = Thread.ofVirtual().name("rehearsal").start(this::rehearse);
    }

    /** Whether it has ended, well or not. */
    boolean over() {
        return over;
    }

    private void rehearse() {
        try {
            for (String cluster : config.clusters().keySet()) {
                ask(cluster);
            }
            examineNothing();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the rehearsal failed; commands will say more", e);
        } catch (InterruptedException e) {
            LOG.debug("the service stops before the rehearsal is over");
        } finally {
            over = true;
        }
    }

    private void ask(String cluster) throws InterruptedException {
        try {
            probe.rehearse(cluster);
            LOG.infof("cluster answers cluster=%s version=%s", cluster, probe.version(cluster));
        } catch (Refusal refusal) {
            LOG.warnf("cluster does not answer cluster=%s reason=%s", cluster, refusal.getMessage());
        }
    }

    private void examineNothing() throws IOException {
        try (Desk desk = workplace.open()) {
            doctor.examine(Files.createFile(desk.file("nothing.sqlite")));
        }
    }
}
