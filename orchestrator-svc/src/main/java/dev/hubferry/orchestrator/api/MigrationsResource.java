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
import dev.hubferry.orchestrator.api.view.PlanView;
import dev.hubferry.orchestrator.api.view.ReportView;
import dev.hubferry.orchestrator.api.view.Reports;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.api.view.Views;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.ListQuery;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Planning;
import dev.hubferry.orchestrator.saga.Planning.Planned;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Migrations over REST. */
@Path("/api/v1/migrations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "migrations")
public class MigrationsResource {
    private final Migrations migrations;
    private final Planning planning;
    private final PlanShowing plans;
    private final MigrationStore store;
    private final Showing showing;
    private final SpecReader specs;
    private final ProgressBoard progress;
    private final Clock clock;

    MigrationsResource(
            Migrations migrations,
            Planning planning,
            PlanShowing plans,
            MigrationStore store,
            Showing showing,
            SpecReader specs,
            ProgressBoard progress,
            Clock clock) {
        this.migrations = migrations;
        this.planning = planning;
        this.plans = plans;
        this.store = store;
        this.showing = showing;
        this.specs = specs;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * A page of migrations.
     *
     * @param next where the next page is; empty after the last one
     */
    public record Page(List<ListedView> migrations, Optional<String> next) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaTypes.YAML, MediaTypes.X_YAML, MediaTypes.TEXT_YAML})
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "requestMigration",
            summary = "Requests the move of a hub, or with dryRun=true the plan of one",
            description =
                    "Begins a migration, unless the spec is wrong or another migration has something of it. It starts with checks that change nothing, and waits at the gate approve-plan. With dryRun=true it makes these checks only, and answers what a migration would do and what stands in its way; nothing is changed.")
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            description = "true: nothing is changed, and the answer is a plan",
            schema = @Schema(implementation = Boolean.class, defaultValue = "false"))
    @RequestBody(content = @Content(schema = @Schema(implementation = MigrationSpec.class)))
    @APIResponse(
            responseCode = "201",
            description = "requested, now or before with the same Idempotency-Key and body",
            content = @Content(schema = @Schema(implementation = MigrationView.class)))
    @APIResponse(
            responseCode = "200",
            description = "dryRun=true: the plan",
            content = @Content(schema = @Schema(implementation = PlanView.class)))
    @APIResponse(
            responseCode = "202",
            description = "dryRun=true: the plan as far as it is; the header Location says where all of it will be",
            content = @Content(schema = @Schema(implementation = PlanView.class)))
    public Response request(
            Body body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context UriInfo uri,
            @Context SecurityContext security)
            throws InterruptedException {
        String who = security.getUserPrincipal().getName();
        boolean dryRun = DryRun.isAsked(uri);
        Optional<IdempotencyKey> idempotency =
                dryRun ? RequestKey.ofDryRun(key, who, body.bytes()) : RequestKey.of(key, who, body.bytes());
        MigrationSpec spec = switch (specs.read(body.parse())) {
            case SpecReader.Read.Valid valid -> valid.spec();
            case SpecReader.Read.Invalid invalid -> throw new ProblemException(Problems.invalid(invalid.errors()));
        };
        if (dryRun) {
            return planned(planning.plan(spec, who, idempotency));
        }
        return created(Outcomes.of(migrations.request(spec, who, idempotency), store));
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "listMigrations",
            summary = "Lists migrations, newest first",
            description =
                    "Shows a page of those that all parameters fit. What a list is sorted by never changes, so that from page to page none comes twice or is left out.")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "the most to show; 50 when it is left out",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description =
                    "the id of a migration: only those behind it in this order, for the next page; next says so itself",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "before",
            in = ParameterIn.QUERY,
            description = "the same as after, for the order -requestedAt only",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            description = "what to sort by, with - in front the other way round; ids decide between equals",
            schema =
                    @Schema(
                            enumeration = {"requestedAt", "-requestedAt", "name", "-name", "requestedBy", "-requestedBy"
                            },
                            defaultValue = "-requestedAt"))
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "in one of these states; several with commas, or by giving it several times",
            schema = @Schema(implementation = MigrationView.State[].class))
    @Parameter(
            name = "waiting",
            in = ParameterIn.QUERY,
            description = "true: a gate waits for a person; false: none does",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(
            name = "name",
            in = ParameterIn.QUERY,
            description = "a part of the name, in upper or lower case",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "sourceCluster",
            in = ParameterIn.QUERY,
            description = "the cluster that the hub leaves",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "targetCluster",
            in = ParameterIn.QUERY,
            description = "the cluster that the hub moves to",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "namespace",
            in = ParameterIn.QUERY,
            description = "the namespace of the source or the target",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "zone",
            in = ParameterIn.QUERY,
            description = "the zone connection of the name",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "requestedBy",
            in = ParameterIn.QUERY,
            description = "who requested it",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "requestedAfter",
            in = ParameterIn.QUERY,
            description = "requested at this time or later",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "requestedBefore",
            in = ParameterIn.QUERY,
            description = "requested earlier than this time",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    public Page list(@Context UriInfo uri) {
        var parameters = uri.getQueryParameters();
        ListQuery query = ListParameters.read(parameters);
        query.after().ifPresent(this::requireKnown);
        List<Kept> found = store.list(query.withOneMore());
        boolean more = found.size() > query.limit();
        List<Kept> shown = more ? found.subList(0, query.limit()) : found;
        Optional<String> next = more
                ? Optional.of(ListParameters.next(parameters, shown.getLast().migration()))
                : Optional.empty();
        return new Page(showing.list(shown), next);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showMigration",
            summary = "Shows where a migration stands",
            description = "Shows its state, phase, what it waits for, and why it is not going on, if it is not.")
    public MigrationView show(@PathParam("id") String id) {
        return showing.migration(find(id));
    }

    @GET
    @Path("/{id}/steps")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "listSteps",
            summary = "Shows every step, approval and timer, from top to bottom",
            description =
                    "Shows every row of the saga with its state, attempts and times, what failed, and how far it is.")
    public List<StepView> steps(@PathParam("id") String id) {
        SagaState state = find(id);
        MigrationId migration = state.subject().migration();
        return showing.steps(state, (step, way) -> progress.latest(migration, step, way));
    }

    @GET
    @Path("/{id}/approvals")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "listApprovals",
            summary = "Shows the gates, and what a person should know before answering",
            description =
                    "Shows each gate with what was found before it, and at approve-downtime with the forecast of the final pass as of now and its budget.")
    public List<ApprovalView> approvals(@PathParam("id") String id) {
        SagaState state = find(id);
        return Views.approvals(showing.definition(state), state, clock.instant());
    }

    @GET
    @Path("/{id}/audit")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showAudit",
            summary = "Shows what people asked for, and whether somebody has changed that record",
            description =
                    "Shows every request of a person about the migration and what became of it; the entries are chained by hashes.")
    public AuditView audit(@PathParam("id") String id) {
        return AuditView.of(store.audit(find(id).subject().migration()));
    }

    @GET
    @Path("/{id}/report")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showReport",
            summary = "Reports what was done, moved and verified",
            description =
                    "Shows what was moved and verified, how long it took and for how long the hub was down; until now, while it has not ended.")
    public ReportView report(@PathParam("id") String id) {
        SagaState state = find(id);
        return Reports.of(showing.definition(state), state, clock.instant());
    }

    private Response planned(Planned planned) throws InterruptedException {
        SagaState state = plans.awaitEnd(Outcomes.of(planned));
        PlanView plan = plans.view(state);
        Response.ResponseBuilder answer = plan.verdict().isPresent() ? Response.ok() : Response.accepted();
        return answer.location(URI.create("/api/v1/plans/" + plan.id()))
                .entity(plan)
                .build();
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

    private void requireKnown(MigrationId after) {
        if (store.find(after).isEmpty()) {
            throw new ProblemException(Problems.badParameter(
                    "after (or before) must be the id of a migration, but none is called '" + after + "'"));
        }
    }
}
