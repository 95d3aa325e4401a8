package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.security.TokenLife;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
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
import java.time.Instant;
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
    private final EventStreams streams;
    private final TokenLife token;

    EventsResource(EventStreams streams, TokenLife token) {
        this.streams = streams;
        this.token = token;
    }

    /** The JSON of a numbered event. */
    record EventData(long sequence, String type, Instant at, MigrationEvent data) {}

    /** The JSON of a word of progress. */
    record ProgressData(String step, Direction direction, int attempt, Progress progress) {}

    /** For programs: all of it. */
    private static final class Whole implements EventStream.Wording {
        @Override
        public EventStream.Words of(NumberedEvent event) {
            String type = WireTypes.nameOf(event.event().getClass());
            return new EventStream.Words(type, new EventData(event.sequence(), type, event.at(), event.event()));
        }

        @Override
        public EventStream.Words of(ProgressBoard.Heard heard) {
            return new EventStream.Words(
                    WireTypes.nameOf(Progress.class),
                    new ProgressData(
                            heard.step().name(),
                            heard.step().direction(),
                            heard.step().attempt(),
                            heard.progress()));
        }
    }

    /**
     * From the event after {@code lastEventId}, or from the first; the stream ends after the event that ends the migration, and when the
     * caller's token expires. Events carry
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
                    "Server-Sent Events: each has its number as id, from 1 without gaps, its type as event, and its JSON as data; progress comes between them without a number. The stream ends after the event that ends the migration, and when the token expires. A client that comes back sends the number of the last event it has as Last-Event-ID, to any replica, and gets each event after it once.")
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
        streams.run(
                id,
                lastEventId,
                security.getUserPrincipal().getName(),
                new EventStream.Client(sink, sse, new Whole()),
                token.left());
    }
}
