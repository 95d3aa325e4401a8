package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.StorageReply.HomesVerified;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.ReceiptView;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The proof that the homes on both sides were equal, as a file to keep. */
@Path("/api/v1/migrations/{id}/receipt")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "migrations")
public class ReceiptResource {
    /** The step that makes it. */
    private static final String STEP = "verify-homes";

    private final MigrationStore store;

    ReceiptResource(MigrationStore store) {
        this.store = store;
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showReceipt",
            summary = "Gives the receipt: that all homes were equal, home by home",
            description = "Totals and root hash, and for each home its entries, files, bytes and root hash.")
    @APIResponse(
            responseCode = "200",
            description = "the receipt, as an attachment",
            content = @Content(schema = @Schema(implementation = ReceiptView.class)))
    public Response receipt(@PathParam("id") String id) {
        return of(PathIds.find(store, id));
    }

    /**
     * A migration's receipt as a file.
     *
     * @throws ProblemException 404 when it has none
     */
    public static Response of(SagaState state) {
        if (!(state.ledger().step(STEP).forward() instanceof Run.Succeeded made
                && made.reply() instanceof HomesVerified verified)) {
            throw new ProblemException(Problems.noReceipt(state.subject().migration(), STEP));
        }
        return Response.ok(view(state, verified.receipt(), made.endedAt()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s-receipt.json\""
                                .formatted(state.subject().migration()))
                .build();
    }

    private static ReceiptView view(SagaState state, Receipt receipt, Instant verifiedAt) {
        return ReceiptView.of(
                state.subject().migration(), state.subject().spec().homes(), receipt, verifiedAt);
    }
}
