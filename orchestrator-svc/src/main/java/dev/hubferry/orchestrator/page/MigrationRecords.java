package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.PathIds;
import dev.hubferry.orchestrator.api.ReceiptResource;
import dev.hubferry.orchestrator.api.Showing;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.AuditView;
import dev.hubferry.orchestrator.api.view.ReportView;
import dev.hubferry.orchestrator.api.view.Reports;
import dev.hubferry.orchestrator.page.view.HistoryPage;
import dev.hubferry.orchestrator.page.view.ReportPage;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/** What is kept of a migration, as pages and as files: report, receipt, history and audit. */
@Path("/ui/migrations/{id}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
public class MigrationRecords {
    private final MigrationStore store;
    private final Showing showing;
    private final Clock clock;
    private final Frames frames;

    MigrationRecords(MigrationStore store, Showing showing, Clock clock, Frames frames) {
        this.store = store;
        this.showing = showing;
        this.clock = clock;
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "page/migration")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance report(Frame frame, ReportPage page);

        static native TemplateInstance audit(Frame frame, String name, String path, AuditView audit);

        static native TemplateInstance history(Frame frame, String name, String path, HistoryPage history);
    }

    @GET
    @Path("/report")
    public TemplateInstance report(@PathParam("id") String id) {
        return Templates.report(frames.of(Section.MIGRATIONS), ReportPage.of(view(id)));
    }

    @GET
    @Path("/report.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response reportFile(@PathParam("id") String id) {
        ReportView report = view(id);
        return Response.ok(report)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s-report.json\"".formatted(report.migration()))
                .build();
    }

    @GET
    @Path("/receipt")
    @Produces(MediaType.APPLICATION_JSON)
    public Response receipt(@PathParam("id") String id) {
        return ReceiptResource.of(PathIds.find(store, id));
    }

    @GET
    @Path("/audit")
    public TemplateInstance audit(@PathParam("id") String id) {
        SagaState state = PathIds.find(store, id);
        AuditView audit = AuditView.of(store.audit(state.subject().migration()));
        return Templates.audit(frames.of(Section.MIGRATIONS), name(state), path(state), audit);
    }

    /** @param after the number of the last event before the page */
    @GET
    @Path("/history")
    public TemplateInstance history(@PathParam("id") String id, @QueryParam("after") @DefaultValue("0") long after) {
        SagaState state = PathIds.find(store, id);
        long from = Math.max(0, after);
        HistoryPage history =
                HistoryPage.of(from, store.events(state.subject().migration(), from, HistoryPage.SIZE + 1));
        return Templates.history(frames.of(Section.MIGRATIONS), name(state), path(state), history);
    }

    private ReportView view(String id) {
        SagaState state = PathIds.find(store, id);
        return Reports.of(showing.definition(state), state, clock.instant());
    }

    private static String name(SagaState state) {
        return state.subject().spec().name();
    }

    private static String path(SagaState state) {
        return "/ui/migrations/" + state.subject().migration();
    }
}
