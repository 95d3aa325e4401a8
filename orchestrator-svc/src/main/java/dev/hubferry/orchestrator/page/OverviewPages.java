package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.AuditView;
import dev.hubferry.orchestrator.api.view.ConnectionsView;
import dev.hubferry.orchestrator.api.view.QueueView;
import dev.hubferry.orchestrator.connections.ConnectionBoard;
import dev.hubferry.orchestrator.connections.ConnectionJudge;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.MigrationStore;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** What belongs to no single migration. */
@Path("/ui")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
public class OverviewPages {
    private final ConnectionBoard board;
    private final ConnectionJudge judge;
    private final Granting granting;
    private final MigrationStore store;
    private final Frames frames;
    private final Clock clock;

    OverviewPages(
            ConnectionBoard board,
            ConnectionJudge judge,
            Granting granting,
            MigrationStore store,
            Frames frames,
            Clock clock) {
        this.board = board;
        this.judge = judge;
        this.granting = granting;
        this.store = store;
        this.frames = frames;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance connections(Frame frame, ConnectionsView view);

        static native TemplateInstance queue(Frame frame, QueueView view);

        static native TemplateInstance audit(Frame frame, AuditView view);
    }

    @GET
    @Path("/connections")
    public TemplateInstance connections() {
        ConnectionsView view =
                ConnectionsView.of(board.since(), judge.overview(board.heard(), clock.instant()), _ -> true);
        return Templates.connections(frames.of(Section.CONNECTIONS), view);
    }

    @GET
    @Path("/queue")
    public TemplateInstance queue() {
        return Templates.queue(frames.of(Section.QUEUE), QueueView.of(granting.queue()));
    }

    @GET
    @Path("/audit")
    public TemplateInstance audit() {
        return Templates.audit(frames.of(Section.AUDIT), AuditView.of(store.auditOfRequests()));
    }
}
