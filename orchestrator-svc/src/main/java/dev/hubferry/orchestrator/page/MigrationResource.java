package dev.hubferry.orchestrator.page;

import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.EventStream;
import dev.hubferry.orchestrator.api.EventStreams;
import dev.hubferry.orchestrator.api.PathIds;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.security.TokenLife;
import dev.hubferry.orchestrator.page.view.Bar;
import dev.hubferry.orchestrator.page.view.MigrationPage;
import dev.hubferry.orchestrator.page.view.StreamWords;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of one migration, and what its script asks for to keep it as it is. */
@Path("/ui/migrations/{id}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
public class MigrationResource {
    /** Then the browser comes again by itself, and its token is looked at once more. */
    private static final Duration LONGEST_STREAM = Duration.ofMinutes(5);

    private final MigrationPages pages;
    private final MigrationStore store;
    private final ProgressBoard progress;
    private final EventStreams streams;
    private final TokenLife token;
    private final Frames frames;

    MigrationResource(
            MigrationPages pages,
            MigrationStore store,
            ProgressBoard progress,
            EventStreams streams,
            TokenLife token,
            Frames frames) {
        this.pages = pages;
        this.store = store;
        this.progress = progress;
        this.streams = streams;
        this.token = token;
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "page/migration")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance show(Frame frame, MigrationPage page);

        static native TemplateInstance live(MigrationPage page, String csrf);

        static native TemplateInstance homes(Optional<Bar.Homes> homes);
    }

    /** For the page's script: when to ask, how far the bars are, and what to say aloud. */
    private static final class Hints implements EventStream.Wording {
        @Override
        public EventStream.Words of(NumberedEvent event) {
            return new EventStream.Words("message", StreamWords.of(event));
        }

        @Override
        public EventStream.Words of(ProgressBoard.Heard heard) {
            return new EventStream.Words("progress", Bar.of(heard));
        }
    }

    @GET
    public TemplateInstance show(@PathParam("id") String id) {
        Frame frame = frames.of(Section.MIGRATIONS);
        return Templates.show(frame, pages.of(id, frame, Optional.empty()));
    }

    /** All parts of the page, each to be put in the place of the one that is shown. */
    @GET
    @Path("/live")
    public TemplateInstance live(@PathParam("id") String id) {
        Frame frame = frames.of(Section.MIGRATIONS);
        return Templates.live(pages.of(id, frame, Optional.empty()), frame.csrf());
    }

    /** How far single homes have come. */
    @GET
    @Path("/rows/{row}/{direction}/homes")
    public TemplateInstance homes(
            @PathParam("id") String id, @PathParam("row") String row, @PathParam("direction") String direction) {
        var migration = PathIds.find(store, id).subject().migration();
        Direction way = Arrays.stream(Direction.values())
                .filter(each -> each.wireName().equals(direction))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problems.notFound("a row goes do or undo, not " + direction)));
        Optional<Progress> latest = progress.latest(migration, row, way);
        return Templates.homes(latest.flatMap(Progress::homes).map(Bar::homes));
    }

    /**
     * The page's twin of {@code /api/v1/migrations/{id}/events}.
     *
     * @param after the number of the last event that the page shows; what the browser says itself when it comes again goes before it
     */
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context SecurityContext security)
            throws InterruptedException {
        streams.run(
                id,
                lastEventId == null ? after : lastEventId,
                security.getUserPrincipal().getName(),
                new EventStream.Client(sink, sse, new Hints()),
                token.left().compareTo(LONGEST_STREAM) < 0 ? token.left() : LONGEST_STREAM);
    }
}
