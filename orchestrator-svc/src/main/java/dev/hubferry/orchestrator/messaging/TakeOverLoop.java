package dev.hubferry.orchestrator.messaging;

import dev.hubferry.orchestrator.saga.HandedOver;
import dev.hubferry.orchestrator.saga.HandedOver.Parcel;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes replies that older replicas have handed over, and applies them as if Kafka had brought them. Any number of replicas may run it at
 * once: a reply that two take is applied once.
 */
public final class TakeOverLoop {
    private static final Logger LOG = Logger.getLogger(TakeOverLoop.class);
    private static final int MOST_AT_ONCE = 100;

    private final HandedOver handedOver;
    private final ReplyIntake intake;
    private final Duration poll;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("saga-take-over").unstarted(this::run);

    public TakeOverLoop(HandedOver handedOver, ReplyIntake intake, Duration poll) {
        this.handedOver = handedOver;
        this.intake = intake;
        this.poll = poll;
    }

    public void start() {
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    public void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                turn();
                Thread.sleep(poll);
            }
        } catch (InterruptedException e) {
            LOG.debug("taking over stops");
        }
    }

    /** Whatever is thrown, an Error too: without this thread the replica would take nothing over any more, and nobody would notice. */
    private void turn() throws InterruptedException {
        try {
            List<Parcel> parcels = handedOver.ours(MOST_AT_ONCE);
            while (!parcels.isEmpty()) {
                intake.accept(parcels.stream().map(Parcels::record).toList());
                // Dropped last: after a crash they are taken again, and found to be repeated.
                handedOver.drop(parcels);
                parcels = handedOver.ours(MOST_AT_ONCE);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("handed-over replies cannot be taken, will try again", e);
        }
    }
}
