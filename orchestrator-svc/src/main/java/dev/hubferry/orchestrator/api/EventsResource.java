package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.config.SagaConfig;
import dev.hubferry.orchestrator.saga.ChangeBell;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A migration's events as they happen, as Server-Sent Events. */
@Path("/api/v1/migrations/{id}/events")
@Tag(name = "migrations")
public class EventsResource {
    private final MigrationStore store;
    private final ProgressBoard progress;
    private final ChangeBell bell;
    private final SagaConfig config;

    EventsResource(MigrationStore store, ProgressBoard progress, ChangeBell bell, SagaConfig config) {
        this.store = store;
        this.progress = progress;
        this.bell = bell;
        this.config = config;
    }

    /**
     * From the event after {@code lastEventId}, or from the first; the stream ends after the event that ends the migration. Events carry
     * their number as {@code id} and their type as {@code event}; progress comes between them without a number.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(summary = "Streams what happens to a migration")
    public void events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse)
            throws InterruptedException {
        MigrationId migration = PathIds.find(store, id).subject().migration();
        long after = number(lastEventId);
        try (sink;
                ChangeBell.Listener listener = bell.listen(migration)) {
            new EventStream(migration, store, progress, sink, sse).run(after, listener, bell, config.streamPoll());
        }
    }

    private static long number(@Nullable String lastEventId) {
        try {
            return lastEventId == null ? 0 : Long.parseLong(lastEventId);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    Problems.badHeader("Last-Event-ID must be an event's number, but was '" + lastEventId + "'"));
        }
    }
}
