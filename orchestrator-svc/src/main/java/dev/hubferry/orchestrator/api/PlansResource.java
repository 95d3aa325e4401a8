package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.PlanView;
import dev.hubferry.orchestrator.saga.MigrationStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Plans that were asked for by {@code POST /api/v1/migrations?dryRun=true}. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "plans")
public class PlansResource {
    private final MigrationStore store;
    private final PlanShowing showing;

    PlansResource(MigrationStore store, PlanShowing showing) {
        this.store = store;
        this.showing = showing;
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showPlan",
            summary = "Shows what a migration would do",
            description =
                    "A plan that was asked for with dryRun=true, as long as it is kept; without a verdict while a check is awaited.")
    public PlanView show(@PathParam("id") String id) {
        return showing.view(PathIds.findPlan(store, id));
    }
}
