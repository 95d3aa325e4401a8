package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.AuditView;
import dev.hubferry.orchestrator.saga.MigrationStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Requests that are in no migration's audit, over REST. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "audit")
public class AuditResource {
    private final MigrationStore store;

    AuditResource(MigrationStore store) {
        this.store = store;
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showRefusals",
            summary = "Shows what was refused before it came to a migration, and what was asked of webhooks",
            description =
                    "Requests that belong to no migration, in their order, and whether somebody has changed that record.")
    public AuditView show() {
        return AuditView.of(store.auditOfRequests());
    }
}
