package dev.hubferry.orchestrator.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.api.PathIds;
import dev.hubferry.orchestrator.api.PlanShowing;
import dev.hubferry.orchestrator.api.RequestKey;
import dev.hubferry.orchestrator.api.Requests;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.PlanView;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** The plan of a migration, and the way to request exactly what was planned. */
@Path(PlanPage.ROOT)
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class PlanPage {
    static final String ROOT = "/ui/plans";

    /** Homes grow, and others move meanwhile. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final Requests requests;
    private final MigrationStore store;
    private final PlanShowing showing;
    private final Frames frames;
    private final ObjectMapper json;
    private final Clock clock;

    PlanPage(
            Requests requests,
            MigrationStore store,
            PlanShowing showing,
            Frames frames,
            ObjectMapper json,
            Clock clock) {
        this.requests = requests;
        this.store = store;
        this.showing = showing;
        this.frames = frames;
        this.json = json;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance plan(Frame frame, PlanView plan, boolean outdated, String key, String spec);
    }

    @GET
    @Path("/{plan}")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    public TemplateInstance show(@PathParam("plan") String id) {
        PlanView plan = showing.view(PathIds.findPlan(store, id));
        boolean outdated = plan.plannedAt()
                .filter(at -> at.plus(FRESH).isBefore(clock.instant()))
                .isPresent();
        // Of this page as it was sent: pressed twice, it is one request.
        String key = "page-" + UUID.randomUUID();
        return Templates.plan(frames.of(Section.NEW), plan, outdated, key, spec(plan.spec()));
    }

    /** @param key made with the page */
    @POST
    @Path("/{plan}/request")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Role.OPERATOR)
    public Response request(
            @PathParam("plan") String id, @RestForm @Nullable String key, @Context SecurityContext security) {
        MigrationSpec spec = PathIds.findPlan(store, id).subject().spec();
        String who = security.getUserPrincipal().getName();
        SagaState begun = requests.migration(spec, who, RequestKey.of(key, who, bytes(spec)));
        return Response.seeOther(
                        URI.create(LocalPath.HOME + "/" + begun.subject().migration()))
                .build();
    }

    /** The same as of now. */
    @POST
    @Path("/{plan}/again")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Role.OPERATOR)
    public Response planAgain(@PathParam("plan") String id, @Context SecurityContext security) {
        MigrationSpec spec = PathIds.findPlan(store, id).subject().spec();
        SagaState plan = requests.plan(spec, security.getUserPrincipal().getName(), Optional.empty());
        return Response.seeOther(URI.create(ROOT + "/" + plan.subject().migration()))
                .build();
    }

    private byte[] bytes(MigrationSpec spec) {
        try {
            return json.writeValueAsBytes(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec cannot be written as JSON", e);
        }
    }

    private String spec(MigrationSpec spec) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec cannot be written as JSON", e);
        }
    }
}
