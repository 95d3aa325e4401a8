package dev.hubferry.orchestrator.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.orchestrator.api.RequestKey;
import dev.hubferry.orchestrator.api.Sayings;
import dev.hubferry.orchestrator.api.Speaking;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.spec.SpecError;
import dev.hubferry.orchestrator.page.view.Form;
import dev.hubferry.orchestrator.page.view.MigrationPage;
import dev.hubferry.orchestrator.page.view.Viewer;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What people say of a migration by the forms of its page: the same as over REST, with the same fields. Who is refused gets the page as it is
 * by then, with the reason where the button was.
 */
@Path("/ui/migrations/{id}")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RunOnVirtualThread
public class MigrationVerbs {
    /** Fields of the page's own. */
    private static final List<String> OWN = List.of("csrf", "key", "form", "confirm");

    private final Speaking speaking;
    private final MigrationPages pages;
    private final Frames frames;

    MigrationVerbs(Speaking speaking, MigrationPages pages, Frames frames) {
        this.speaking = speaking;
        this.pages = pages;
        this.frames = frames;
    }

    @POST
    @Path("/approvals/{gate}")
    @RolesAllowed(Role.APPROVER)
    public Response answer(
            @PathParam("id") String id,
            @PathParam("gate") String gate,
            MultivaluedMap<String, String> form,
            @Context UriInfo uri) {
        return said(id, form, uri, (body, by) -> {
            if (body.has("approved")) {
                body.put("approved", Boolean.parseBoolean(body.get("approved").asText()));
            }
            return Sayings.answer(gate, body, by);
        });
    }

    @POST
    @Path("/abort")
    @RolesAllowed(Role.OPERATOR)
    public Response abort(@PathParam("id") String id, MultivaluedMap<String, String> form, @Context UriInfo uri) {
        return said(id, form, uri, Sayings::abort);
    }

    @POST
    @Path("/pause")
    @RolesAllowed(Role.OPERATOR)
    public Response pause(@PathParam("id") String id, MultivaluedMap<String, String> form, @Context UriInfo uri) {
        return said(id, form, uri, Sayings::pause);
    }

    @POST
    @Path("/resume")
    @RolesAllowed(Role.OPERATOR)
    public Response resume(@PathParam("id") String id, MultivaluedMap<String, String> form, @Context UriInfo uri) {
        return said(id, form, uri, (_, by) -> new SagaEvent.ResumeAsked(by));
    }

    @POST
    @Path("/steps/{row}/retry")
    @RolesAllowed(Role.OPERATOR)
    public Response retry(
            @PathParam("id") String id,
            @PathParam("row") String row,
            MultivaluedMap<String, String> form,
            @Context UriInfo uri) {
        return said(id, form, uri, (_, by) -> Sayings.retry(row, by));
    }

    @POST
    @Path("/steps/{row}/skip")
    @RolesAllowed(Role.OPERATOR)
    public Response skip(
            @PathParam("id") String id,
            @PathParam("row") String row,
            MultivaluedMap<String, String> form,
            @Context UriInfo uri) {
        return said(id, form, uri, (body, by) -> Sayings.skip(row, body, by));
    }

    @POST
    @Path("/priority")
    @RolesAllowed(Role.OPERATOR)
    public Response prioritize(@PathParam("id") String id, MultivaluedMap<String, String> form, @Context UriInfo uri) {
        return said(id, form, uri, Sayings::priority);
    }

    private Response said(
            String id,
            MultivaluedMap<String, String> form,
            UriInfo uri,
            BiFunction<ObjectNode, String, SagaEvent.ByPerson> reading) {
        Frame frame = frames.of(Section.MIGRATIONS);
        Map<String, String> typed = typed(form);
        try {
            requireConfirmed(id, frame, form);
            SagaEvent.ByPerson event = reading.apply(body(typed), frame.caller());
            // Not the key's own field: the same words under another key are another request.
            byte[] request = (uri.getPath() + "\n" + typed).getBytes(UTF_8);
            var unused = speaking.say(id, event, RequestKey.of(form.getFirst("key"), frame.caller(), request));
            return Response.seeOther(URI.create("/ui/migrations/" + id)).build();
        } catch (ProblemException e) {
            return refused(id, frame, e.problem(), form.getFirst("form"), typed);
        }
    }

    /** Browsers see to it, too; but not each of them. */
    private void requireConfirmed(String id, Frame frame, MultivaluedMap<String, String> form) {
        Optional<String> missing = Optional.ofNullable(form.getFirst("form"))
                .filter(_ -> form.getFirst("confirm") == null)
                .flatMap(name -> pages.of(id, frame, Optional.empty()).form(name))
                .flatMap(Form::confirm);
        if (missing.isPresent()) {
            throw new ProblemException(Problems.notConfirmed(missing.get()));
        }
    }

    private Response refused(String id, Frame frame, ProblemDetail problem, String form, Map<String, String> typed) {
        Viewer.Refused refused = new Viewer.Refused(form == null ? "" : form, reason(problem), typed);
        MigrationPage page = pages.of(id, frame, Optional.of(refused));
        return Response.status(problem.status())
                .entity(MigrationResource.Templates.show(frame, page))
                .build();
    }

    private static String reason(ProblemDetail problem) {
        List<SpecError> errors = problem.errors();
        String detail = errors.isEmpty()
                ? problem.detail() + "; what to do: " + problem.remedy()
                : errors.stream()
                        .map(error -> "%s %s: %s"
                                .formatted(error.pointer().replaceFirst("^#/?", ""), error.detail(), error.remedy()))
                        .collect(Collectors.joining("; "));
        return detail + ".";
    }

    /** In their order by name, so that the same words are the same request. */
    private static Map<String, String> typed(MultivaluedMap<String, String> form) {
        Map<String, String> typed = new TreeMap<>();
        form.forEach((name, values) -> {
            if (!OWN.contains(name) && !values.isEmpty() && !values.getFirst().isBlank()) {
                typed.put(name, values.getFirst());
            }
        });
        return typed;
    }

    private static ObjectNode body(Map<String, String> typed) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        new HashMap<>(typed).forEach(body::put);
        return body;
    }
}
