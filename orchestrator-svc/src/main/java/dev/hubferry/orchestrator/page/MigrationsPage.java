package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.Lists;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The list of migrations. */
@Path("/ui/migrations")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class MigrationsPage {
    private final Lists lists;
    private final Frames frames;

    MigrationsPage(Lists lists, Frames frames) {
        this.lists = lists;
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance migrations(
                Frame frame, ListForm form, List<ListedRow> rows, String next, String wrong);
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    public Response list(@Context UriInfo uri, @Context Request request) {
        ListForm form = ListForm.of(uri.getQueryParameters());
        Frame frame = frames.of(Section.MIGRATIONS);
        try {
            Lists.Found found = lists.find(form.parameters());
            List<ListedRow> rows =
                    found.migrations().stream().map(ListedRow::of).toList();
            String next = found.next().map(form::next).orElse("");
            return Etags.answer(Templates.migrations(frame, form, rows, next, ""), request);
        } catch (ProblemException e) {
            if (e.problem().status() != Response.Status.BAD_REQUEST.getStatusCode()) {
                throw e;
            }
            // What is wrong is in the form, so it is shown there, with all that was typed.
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(Templates.migrations(
                            frame, form, List.of(), "", e.problem().detail()))
                    .build();
        }
    }
}
