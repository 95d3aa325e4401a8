package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.limit.OpenStreams;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.config.SagaConfig;
import dev.hubferry.orchestrator.saga.ChangeBell;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Streams what happens to a migration, to programs and to the page. */
@Singleton
public final class EventStreams {
    private final MigrationStore store;
    private final ProgressBoard progress;
    private final ChangeBell bell;
    private final SagaConfig config;
    private final OpenStreams streams;

    EventStreams(
            MigrationStore store, ProgressBoard progress, ChangeBell bell, SagaConfig config, OpenStreams streams) {
        this.store = store;
        this.progress = progress;
        this.bell = bell;
        this.config = config;
        this.streams = streams;
    }

    /**
     * Returns when the stream is over.
     *
     * @param id as in the path
     * @param lastEventId the number of the last event that the client has, as it says; none to get all
     * @param caller who may only have so many at once
     * @param most after which the client has to come again
     * @throws ProblemException when there is no such migration or event, or the caller has too many streams
     */
    public void run(String id, @Nullable String lastEventId, String caller, EventStream.Client client, Duration most)
            throws InterruptedException {
        MigrationId migration = PathIds.find(store, id).subject().migration();
        long after = after(migration, lastEventId);
        try (OpenStreams.Stream _ = streams.open(caller);
                SseEventSink _ = client.sink();
                ChangeBell.Listener listener = bell.listen(migration)) {
            new EventStream(migration, store, progress, client).run(after, listener, bell, config.streamPoll(), most);
        }
    }

    /** @throws ProblemException 400 when it is no number of an event that was or may come next */
    private long after(MigrationId migration, @Nullable String lastEventId) {
        if (lastEventId == null) {
            return 0;
        }
        long number = number(lastEventId);
        if (number > 0 && store.events(migration, number - 1, 1).isEmpty()) {
            throw new ProblemException(Problems.badHeader(
                    "Last-Event-ID is %d, but %s has no event of this number yet: send the number of the last event that was received, or leave it out to get all"
                            .formatted(number, migration)));
        }
        return number;
    }

    private static long number(String lastEventId) {
        try {
            long number = Long.parseLong(lastEventId.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProblemException(Problems.badHeader(
                "Last-Event-ID must be an event's number, a whole one from 0 on, but was '" + lastEventId + "'"));
    }
}
