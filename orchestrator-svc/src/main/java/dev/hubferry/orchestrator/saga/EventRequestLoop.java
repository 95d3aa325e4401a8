package dev.hubferry.orchestrator.saga;

import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Tells those who asked by event the verdicts of their plans, and forgets old answers. Any number of replicas may run it at once. */
public final class EventRequestLoop {
    private static final Logger LOG = Logger.getLogger(EventRequestLoop.class);
    private static final int MOST_FORGOTTEN = 1_000;
    private static final int POLLS_BETWEEN_FORGETTING = 1_000;

    private final EventRequests requests;
    private final Function<EventRequests.OpenPlan, EventAnswer> verdict;
    private final Duration poll;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("saga-event-requests").unstarted(this::run);

    public EventRequestLoop(
            EventRequests requests, Function<EventRequests.OpenPlan, EventAnswer> verdict, Duration poll) {
        this.requests = requests;
        this.verdict = verdict;
        this.poll = poll;
    }

    public void start() {
        thread.start();
    }

    public void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            for (long turn = 0; ; turn++) {
                turn(turn % POLLS_BETWEEN_FORGETTING == 0);
                Thread.sleep(poll);
            }
        } catch (InterruptedException e) {
            LOG.debug("telling plans stops");
        }
    }

    /** Whatever is thrown, an Error too: without this thread the replica would tell nobody any more. */
    private void turn(boolean forgets) {
        try {
            boolean more;
            do {
                more = requests.tellPlan(verdict);
            } while (more);
            if (forgets) {
                var unused = requests.forget(MOST_FORGOTTEN);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("the verdict of a plan cannot be told, will try again", e);
        }
    }
}
