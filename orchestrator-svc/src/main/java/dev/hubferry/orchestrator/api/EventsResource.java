package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.limit.OpenStreams;
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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
    private final OpenStreams streams;

    EventsResource(
            MigrationStore store, ProgressBoard progress, ChangeBell bell, SagaConfig config, OpenStreams streams) {
        this.store = store;
        this.progress = progress;
        this.bell = bell;
        this.config = config;
        this.streams = streams;
    }

    /**
     * From the event after {@code lastEventId}, or from the first; the stream ends after the event that ends the migration. Events carry
     * their number as {@code id} and their type as {@code event}; progress comes between them without a number.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "streamEvents",
            summary = "Streams what happens to a migration",
            description =
                    "Server-Sent Events: each has its number as id, from 1 without gaps, its type as event, and its JSON as data; progress comes between them without a number. The stream ends after the event that ends the migration. A client that comes back sends the number of the last event it has as Last-Event-ID, to any replica, and gets each event after it once.")
    @APIResponse(
            responseCode = "200",
            description = "the stream",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public void events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context SecurityContext security)
            throws InterruptedException {
        MigrationId migration = PathIds.find(store, id).subject().migration();
        long after = after(migration, lastEventId);
        try (OpenStreams.Stream _ = streams.open(security.getUserPrincipal().getName());
                sink;
                ChangeBell.Listener listener = bell.listen(migration)) {
            new EventStream(migration, store, progress, sink, sse).run(after, listener, bell, config.streamPoll());
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
