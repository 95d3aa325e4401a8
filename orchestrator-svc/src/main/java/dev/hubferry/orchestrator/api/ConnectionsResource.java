package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.ConnectionsView;
import dev.hubferry.orchestrator.connections.ConnectionBoard;
import dev.hubferry.orchestrator.connections.ConnectionJudge;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What hubs can be moved between, over REST. */
@Path("/api/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "connections")
public class ConnectionsResource {
    private static final List<String> KINDS = Stream.of(ConnectionKind.values())
            .filter(kind -> kind != ConnectionKind.OTHER)
            .map(ConnectionKind::name)
            .toList();

    private final ConnectionBoard board;
    private final ConnectionJudge judge;
    private final Clock clock;

    ConnectionsResource(ConnectionBoard board, ConnectionJudge judge, Clock clock) {
        this.board = board;
        this.judge = judge;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showConnections",
            summary = "Shows which clusters, storage servers and zones are configured, and whether they answer",
            description =
                    "Participants ask their connections again and again; nothing is asked for this request. UNKNOWN means that no"
                            + " service has said anything of late; cause says why.")
    public ConnectionsView show(
            @Parameter(description = "cluster, storage or zone; all when left out", example = "storage")
                    @QueryParam("kind")
                    @Nullable
                    String kind) {
        return ConnectionsView.of(board.since(), judge.overview(board.heard(), clock.instant()), shown(kind));
    }

    private static Predicate<ConnectionKind> shown(@Nullable String kind) {
        if (kind == null) {
            return _ -> true;
        }
        String wanted = kind.strip().toUpperCase(Locale.ROOT);
        if (!KINDS.contains(wanted)) {
            throw new ProblemException(Problems.badParameter("kind must be one of %s, but was '%s'"
                    .formatted(String.join(", ", KINDS).toLowerCase(Locale.ROOT), kind)));
        }
        return each -> each.name().equals(wanted);
    }
}
