package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What people may ask of a migration. Each request may carry an {@code Idempotency-Key}; what is so already (but a second answer to a gate) is answered like the
 * first time, what is not possible now is a 409 that says why. All of it stands in the migration's audit.
 */
@Path("/api/v1/migrations/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, MediaTypes.YAML, MediaTypes.X_YAML, MediaTypes.TEXT_YAML})
@RunOnVirtualThread
@Tag(name = "verbs")
@APIResponse(
        responseCode = "200",
        description = "the migration as it stands then",
        content = @Content(schema = @Schema(implementation = MigrationView.class)))
public class VerbsResource {
    private final Migrations migrations;
    private final Showing showing;

    VerbsResource(Migrations migrations, Showing showing) {
        this.migrations = migrations;
        this.showing = showing;
    }

    /**
     * The body of an answer to a gate.
     *
     * @param overBudget why the final pass may take longer than the spec's budget for it
     */
    public record GateAnswer(
            boolean approved,
            @Nullable String comment,
            @Nullable String overBudget) {}

    /** The body of a request that needs a reason. */
    public record Reason(String reason) {}

    /** The body of a request for another place in the queues. */
    public record NewPriority(Priority priority, String reason) {}

    @POST
    @Path("/approvals/{gate}")
    @RolesAllowed(Role.APPROVER)
    @Operation(
            operationId = "answerGate",
            summary = "Approves or rejects what a gate asks",
            description =
                    "A no takes the migration back, or parks it after the pivot. A second answer to a gate is a 409, unless it is the same request under the same Idempotency-Key.")
    @RequestBody(content = @Content(schema = @Schema(implementation = GateAnswer.class)))
    public MigrationView answer(
            @PathParam("id") String id,
            @PathParam("gate") String gate,
            Body body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        SagaEvent.GateAnswered said = Words.answer(gate, name(security), body.parse());
        return said(id, key(security, key, uri, body.bytes()), said);
    }

    @POST
    @Path("/abort")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "abortMigration",
            summary = "Takes a migration back; possible until the pivot",
            description =
                    "Undoes every step in reverse, at once. From open-target on it is refused: users may have written on the new hub.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Reason.class)))
    public MigrationView abort(
            @PathParam("id") String id,
            Body body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        SagaEvent.AbortAsked said = Words.abort(name(security), body.parse());
        return said(id, key(security, key, uri, body.bytes()), said);
    }

    @POST
    @Path("/pause")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "pauseMigration",
            summary = "Begins nothing new from the next safe boundary on; a downtime is never lengthened",
            description = "What is under way goes on to its end. While users cannot work a pause has no effect.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Reason.class)))
    public MigrationView pause(
            @PathParam("id") String id,
            Body body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        SagaEvent.PauseAsked said = Words.pause(name(security), body.parse());
        return said(id, key(security, key, uri, body.bytes()), said);
    }

    @POST
    @Path("/resume")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "resumeMigration",
            summary = "Lets a paused migration go on",
            description = "Takes no body.")
    public MigrationView resume(
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        return said(id, key(security, key, uri, new byte[0]), new SagaEvent.ResumeAsked(name(security)));
    }

    @POST
    @Path("/steps/{row}/retry")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "retryStep",
            summary = "Tries again what failed: a step, its undo on the way back, or a gate that parked the migration",
            description = "Takes no body.")
    public MigrationView retry(
            @PathParam("id") String id,
            @PathParam("row") String row,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        return said(id, key(security, key, uri, new byte[0]), Words.retry(row, name(security)));
    }

    @POST
    @Path("/steps/{row}/skip")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "skipStep",
            summary =
                    "Passes over what failed, or a wait, where the saga allows it; an undo that was done by hand always",
            description = "Which rows may be skipped stands in docs/sagas/migrate-hub.md.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Reason.class)))
    public MigrationView skip(
            @PathParam("id") String id,
            @PathParam("row") String row,
            Body body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        SagaEvent.SkipAsked said = Words.skip(row, name(security), body.parse());
        return said(id, key(security, key, uri, body.bytes()), said);
    }

    @POST
    @Path("/priority")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "setPriority",
            summary = "Moves a migration forward or back among those that wait for the same",
            description = "Who waits already keeps the time since which it waits.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewPriority.class)))
    public MigrationView prioritize(
            @PathParam("id") String id,
            Body body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        SagaEvent.PriorityAsked said = Words.priority(name(security), body.parse());
        return said(id, key(security, key, uri, body.bytes()), said);
    }

    private MigrationView said(String id, Optional<IdempotencyKey> key, SagaEvent.ByPerson event) {
        return showing.migration(Outcomes.of(migrations.said(PathIds.migration(id), event, key), id));
    }

    private static String name(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }

    /** The same body under another path is another request. */
    private static Optional<IdempotencyKey> key(
            SecurityContext security, @Nullable String key, UriInfo uri, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((uri.getPath() + "\n").getBytes(UTF_8));
        request.writeBytes(body);
        return RequestKey.of(key, name(security), request.toByteArray());
    }
}
