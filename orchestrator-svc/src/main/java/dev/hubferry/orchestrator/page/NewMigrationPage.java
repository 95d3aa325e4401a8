package dev.hubferry.orchestrator.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.api.PathIds;
import dev.hubferry.orchestrator.api.Requests;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.page.form.SpecFields;
import dev.hubferry.orchestrator.page.form.SpecForm;
import dev.hubferry.orchestrator.page.form.SpecText;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Where a migration is thought out: by a form, or by a spec that is pasted. What is sent from here is a dry run, whose plan is then what can
 * be requested.
 */
@Path("/ui/migrations/new")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed(Role.OPERATOR)
public class NewMigrationPage {
    private static final String TEXT = "spec";
    private static final int INVALID = 422;
    private static final int MALFORMED = 400;

    private final Requests requests;
    private final MigrationStore store;
    private final SpecFields fields;
    private final Frames frames;
    private final ObjectMapper json;

    NewMigrationPage(Requests requests, MigrationStore store, SpecFields fields, Frames frames, ObjectMapper json) {
        this.requests = requests;
        this.store = store;
        this.fields = fields;
        this.frames = frames;
        this.json = json;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance newByForm(Frame frame, SpecForm form);

        static native TemplateInstance newByText(Frame frame, String text, String wrong, List<SpecText.Placed> errors);
    }

    /**
     * @param from a plan whose spec is where to begin
     * @param by {@code text} for a spec to be pasted
     */
    @GET
    public TemplateInstance show(@RestQuery @Nullable String from, @RestQuery @Nullable String by) {
        if (from != null) {
            MigrationSpec spec = PathIds.findPlan(store, from).subject().spec();
            return byForm(SpecForm.of(fields.groups(), json.valueToTree(spec)));
        }
        return "text".equals(by) ? byText("", "", List.of()) : byForm(SpecForm.empty(fields.groups()));
    }

    /** The same spec, in the other way. */
    @POST
    @Path("/switch")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(MultivaluedMap<String, String> given) {
        Optional<SpecText> text = text(given);
        if (text.isEmpty()) {
            JsonNode spec = SpecForm.typed(fields.groups(), given).json();
            return Response.ok(byText(spec.isEmpty() ? "" : pretty(spec), "", List.of()))
                    .build();
        }
        if (text.get().text().isBlank()) {
            return Response.ok(byForm(SpecForm.empty(fields.groups()))).build();
        }
        try {
            return Response.ok(byForm(SpecForm.of(fields.groups(), text.get().parse())))
                    .build();
        } catch (ProblemException e) {
            return wrong(text.get(), e);
        }
    }

    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response plan(MultivaluedMap<String, String> given, @Context SecurityContext security) {
        Optional<SpecText> text = text(given);
        SpecForm form = SpecForm.typed(fields.groups(), given);
        MigrationSpec spec;
        try {
            spec = requests.read(text.isPresent() ? text.get().parse() : form.json());
        } catch (ProblemException e) {
            return text.isPresent() ? wrong(text.get(), e) : wrong(form, e);
        }
        SagaState plan = requests.plan(spec, security.getUserPrincipal().getName(), Optional.empty());
        return Response.seeOther(URI.create(PlanPage.ROOT + "/" + plan.subject().migration()))
                .build();
    }

    private static Optional<SpecText> text(MultivaluedMap<String, String> given) {
        return Optional.ofNullable(given.getFirst(TEXT)).map(SpecText::new);
    }

    private Response wrong(SpecText text, ProblemException e) {
        ProblemDetail problem = e.problem();
        return switch (problem.status()) {
            case MALFORMED -> answer(problem, byText(text.text(), problem.detail(), List.of()));
            case INVALID -> answer(problem, byText(text.text(), "", text.place(problem.errors())));
            default -> throw e;
        };
    }

    private Response wrong(SpecForm form, ProblemException e) {
        if (e.problem().status() != INVALID) {
            throw e;
        }
        return answer(e.problem(), byForm(form.with(e.problem().errors())));
    }

    private static Response answer(ProblemDetail problem, TemplateInstance page) {
        return Response.status(problem.status()).entity(page).build();
    }

    private TemplateInstance byForm(SpecForm form) {
        return Templates.newByForm(frames.of(Section.NEW), form);
    }

    private TemplateInstance byText(String text, String wrong, List<SpecText.Placed> errors) {
        return Templates.newByText(frames.of(Section.NEW), text, wrong, errors);
    }

    private String pretty(JsonNode spec) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec cannot be written as JSON", e);
        }
    }
}
