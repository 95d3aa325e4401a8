package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.saga.ChangeBell;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** One client's stream: the history in order, then what is added to it, with progress in between. */
public final class EventStream {
    private static final Logger LOG = Logger.getLogger(EventStream.class);
    private static final int PAGE = 200;
    private static final long KEEP_ALIVE_NANOS = Duration.ofSeconds(10).toNanos();

    private final MigrationId migration;
    private final MigrationStore store;
    private final ProgressBoard progress;
    private final SseEventSink sink;
    private final Sse sse;
    private final Wording wording;
    private long lastSentAt = System.nanoTime();
    private long progressHeard;

    /** Who listens: where to, and in which words. */
    public record Client(SseEventSink sink, Sse sse, Wording wording) {}

    /** What a client is told of what happened. */
    public interface Wording {
        Words of(NumberedEvent event);

        Words of(ProgressBoard.Heard progress);
    }

    /**
     * @param name the event's
     * @param data to be written as JSON
     */
    public record Words(String name, Object data) {}

    EventStream(MigrationId migration, MigrationStore store, ProgressBoard progress, Client client) {
        this.migration = migration;
        this.store = store;
        this.progress = progress;
        this.sink = client.sink();
        this.sse = client.sse();
        this.wording = client.wording();
    }

    /**
     * Returns when the migration has ended, the client has gone, it was long enough or the service stops.
     *
     * @param after the number of the last event that the client has
     * @param poll how long another replica's events may go unnoticed
     * @param most after which the client has to come again
     */
    void run(long after, ChangeBell.Listener listener, ChangeBell bell, Duration poll, Duration most)
            throws InterruptedException {
        long begun = System.nanoTime();
        long last = after;
        if (isOver(after)) {
            return;
        }
        try {
            send(sse.newEventBuilder().comment("events of " + migration));
            while (!sink.isClosed() && !bell.isClosed() && System.nanoTime() - begun < most.toNanos()) {
                List<NumberedEvent> page = store.events(migration, last, PAGE);
                for (NumberedEvent event : page) {
                    send(event);
                    last = event.sequence();
                }
                if (!page.isEmpty() && ends(page.getLast().event())) {
                    return;
                }
                sendProgress();
                if (page.size() < PAGE) {
                    keepAlive();
                    listener.await(poll);
                }
            }
        } catch (CompletionException e) {
            LOG.debugf(e, "a client of the events has gone: migration=%s", migration);
        } catch (IllegalStateException e) {
            // The sink's word for the same, when the client goes between the look at it and the sending.
            if (!sink.isClosed()) {
                throw e;
            }
        }
    }

    private void send(NumberedEvent event) {
        Words words = wording.of(event);
        send(sse.newEventBuilder()
                .id(Long.toString(event.sequence()))
                .name(words.name())
                .data(json(words.data())));
    }

    private void sendProgress() {
        for (ProgressBoard.Heard heard : progress.after(migration, progressHeard)) {
            progressHeard = heard.number();
            Words words = wording.of(heard);
            send(sse.newEventBuilder().name(words.name()).data(json(words.data())));
        }
    }

    private void keepAlive() {
        if (System.nanoTime() - lastSentAt > KEEP_ALIVE_NANOS) {
            send(sse.newEventBuilder().comment("still here"));
        }
    }

    private void send(OutboundSseEvent.Builder event) {
        var unused = sink.send(event.build()).toCompletableFuture().join();
        lastSentAt = System.nanoTime();
    }

    /** For a client that comes back with the number of the event that ended the migration. */
    private boolean isOver(long last) {
        return last > 0 && store.events(migration, last - 1, 1).stream().anyMatch(event -> ends(event.event()));
    }

    private static boolean ends(MigrationEvent event) {
        return event instanceof MigrationEvent.MigrationCompleted
                || event instanceof MigrationEvent.MigrationRolledBack;
    }

    private static String json(Object data) {
        try {
            return WireJson.mapper().writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON", e);
        }
    }
}
