package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.QueueView;
import dev.hubferry.orchestrator.saga.Granting;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The queue for what there is little of, over REST. */
@Path("/api/v1/queue")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "queue")
public class QueueResource {
    private final Granting granting;

    QueueResource(Granting granting) {
        this.granting = granting;
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showQueue",
            summary = "Shows every limit, who has a slot, and who waits for one in which place",
            description = "A step that needs what there is little of waits here for its turn, never with the hub down.")
    public QueueView show() {
        return QueueView.of(granting.queue());
    }
}
