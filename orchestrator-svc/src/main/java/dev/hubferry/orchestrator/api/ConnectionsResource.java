package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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

    private static final String EXAMPLE = """
            {
              "listeningSince": "2026-12-05T01:58:12.004Z",
              "connections": [
                {
                  "kind": "STORAGE",
                  "name": "nfs-old",
                  "state": "FAILS",
                  "usableInSpecs": true,
                  "services": [
                    {
                      "service": "storage",
                      "state": "FAILS",
                      "replicas": 2,
                      "replica": "/hubferry/storage-svc@storage-0/1/5f0c7a1e-3b57-4f0e-8f3b-0d6a0c1d2e3f",
                      "since": "2026-12-05T02:10:41.120Z",
                      "checkedAt": "2026-12-05T02:12:40.087Z",
                      "code": "SSH_UNREACHABLE",
                      "cause": "nfs-old (10.0.0.1:22) cannot be reached: Connection refused",
                      "facts": {"account": "root", "address": "10.0.0.1:22"}
                    }
                  ]
                }
              ],
              "mismatches": [
                {
                  "kind": "CLUSTER",
                  "name": "new",
                  "service": "db",
                  "detail": "hubferry.connections.clusters names it, but 1 of 1 replicas of db-transfer-svc lack it in hubferry.db.clusters",
                  "remedy": "configure hubferry.db.clusters.new in every replica of db-transfer-svc, or take the name from hubferry.connections.clusters"
                }
              ]
            }
            """;

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
            summary = "Shows which clusters, storage servers and zones are configured, and whether they answer",
            description =
                    "Participants ask their connections again and again; nothing is asked for this request. UNKNOWN means that no"
                            + " service has said anything of late; cause says why.")
    @APIResponse(
            responseCode = "200",
            description = "every connection, and the names that are not configured everywhere",
            content =
                    @Content(
                            schema = @Schema(implementation = ConnectionsView.class),
                            examples = @ExampleObject(name = "a server that does not answer", value = EXAMPLE)))
    @APIResponse(
            responseCode = "400",
            description = "there is no such kind",
            content = @Content(mediaType = Problems.MEDIA_TYPE, schema = @Schema(implementation = ProblemDetail.class)))
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
