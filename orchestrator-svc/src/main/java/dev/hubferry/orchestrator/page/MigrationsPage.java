package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The list of migrations. */
@Path("/ui/migrations")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class MigrationsPage {
    private final Frames frames;

    MigrationsPage(Frames frames) {
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance migrations(Frame frame);
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    public TemplateInstance list() {
        return Templates.migrations(frames.of(Section.MIGRATIONS));
    }
}
