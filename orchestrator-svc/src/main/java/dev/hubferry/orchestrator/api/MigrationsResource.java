package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.spec.SpecReader;
import dev.hubferry.orchestrator.api.view.ApprovalView;
import dev.hubferry.orchestrator.api.view.AuditView;
import dev.hubferry.orchestrator.api.view.ListedView;
import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.api.view.ReportView;
import dev.hubferry.orchestrator.api.view.Reports;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.api.view.Views;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Migrations.Requested;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Migrations over REST. */
@Path("/api/v1/migrations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "migrations")
@APIResponse(
        responseCode = "503",
        description =
                "the database does not answer, or the migration was begun by a newer version; the detail says which")
public class MigrationsResource {
    private static final int LARGEST_PAGE = 200;
    private static final int DEFAULT_PAGE = 50;

    private final Migrations migrations;
    private final MigrationStore store;
    private final Showing showing;
    private final SpecReader specs;
    private final ProgressBoard progress;
    private final Clock clock;

    MigrationsResource(
            Migrations migrations,
            MigrationStore store,
            Showing showing,
            SpecReader specs,
            ProgressBoard progress,
            Clock clock) {
        this.migrations = migrations;
        this.store = store;
        this.showing = showing;
        this.specs = specs;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * A page of migrations, newest first.
     *
     * @param next where the next page is; empty after the last one
     */
    public record Page(List<ListedView> migrations, Optional<String> next) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaTypes.YAML, MediaTypes.X_YAML, MediaTypes.TEXT_YAML})
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Requests the move of a hub")
    @RequestBody(content = @Content(schema = @Schema(implementation = MigrationSpec.class)))
    @APIResponse(
            responseCode = "201",
            description = "requested, now or before with the same Idempotency-Key and body",
            content = @Content(schema = @Schema(implementation = MigrationView.class)))
    @APIResponse(responseCode = "409", description = "another migration has a hub, home directory or name of this one")
    @APIResponse(responseCode = "422", description = "the spec is wrong: every error is listed")
    public Response request(
            Body body, @HeaderParam("Idempotency-Key") @Nullable String key, @Context SecurityContext security) {
        String who = security.getUserPrincipal().getName();
        Optional<IdempotencyKey> idempotency = RequestKey.of(key, who, body.bytes());
        MigrationSpec spec = switch (specs.read(body.parse())) {
            case SpecReader.Read.Valid valid -> valid.spec();
            case SpecReader.Read.Invalid invalid -> throw new ProblemException(Problems.invalid(invalid.errors()));
        };
        return switch (migrations.request(spec, who, idempotency)) {
            case Requested.Accepted accepted -> created(accepted.state());
            case Requested.Repeated repeated -> created(repeated.state());
            case Requested.KeyReused reused -> throw new ProblemException(Problems.keyReused(reused.first()));
            case Requested.NotOurs other -> throw new ProblemException(Problems.notOurs(other.migration()));
            case Requested.Held held -> throw new ProblemException(Holders.problem(held.conflicts(), store));
        };
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(summary = "Lists migrations, newest first")
    public Page list(@QueryParam("limit") @Nullable String limit, @QueryParam("before") @Nullable String before) {
        int size = pageSize(limit);
        List<Kept> found = store.list(
                new MigrationStore.ListQuery(size, Optional.ofNullable(before).map(PathIds::migration)));
        Optional<String> next = found.size() < size
                ? Optional.empty()
                : Optional.of("/api/v1/migrations?limit=%d&before=%s"
                        .formatted(size, found.getLast().migration()));
        return new Page(showing.list(found), next);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(summary = "Shows where a migration stands")
    public MigrationView show(@PathParam("id") String id) {
        return showing.migration(find(id));
    }

    @GET
    @Path("/{id}/steps")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(summary = "Shows every step, approval and timer, from top to bottom")
    public List<StepView> steps(@PathParam("id") String id) {
        SagaState state = find(id);
        MigrationId migration = state.subject().migration();
        return showing.steps(state, (step, way) -> progress.latest(migration, step, way));
    }

    @GET
    @Path("/{id}/approvals")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(summary = "Shows the gates, and what a person should know before answering")
    public List<ApprovalView> approvals(@PathParam("id") String id) {
        SagaState state = find(id);
        return Views.approvals(showing.definition(state), state, clock.instant());
    }

    @GET
    @Path("/{id}/audit")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(summary = "Shows what people asked for, and whether somebody has changed that record")
    public AuditView audit(@PathParam("id") String id) {
        return AuditView.of(store.audit(find(id).subject().migration()));
    }

    @GET
    @Path("/{id}/report")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(summary = "Reports what was done, moved and verified")
    public ReportView report(@PathParam("id") String id) {
        SagaState state = find(id);
        return Reports.of(showing.definition(state), state, clock.instant());
    }

    private Response created(SagaState state) {
        MigrationView view = showing.migration(state);
        return Response.created(URI.create("/api/v1/migrations/" + view.id()))
                .entity(view)
                .build();
    }

    private SagaState find(String id) {
        return PathIds.find(store, id);
    }

    private static int pageSize(@Nullable String limit) {
        try {
            int size = limit == null ? DEFAULT_PAGE : Integer.parseInt(limit);
            if (size >= 1 && size <= LARGEST_PAGE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProblemException(
                Problems.badParameter("limit must be 1 to " + LARGEST_PAGE + ", but was '" + limit + "'"));
    }
}
