package dev.hubferry.orchestrator.api.problem;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.saga.Refusals;
import dev.hubferry.orchestrator.saga.Refusals.Refused;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Puts a refused request down before it is answered, when it would have changed something. */
@Singleton
public class RefusalAudit {
    private static final Logger LOG = Logger.getLogger(RefusalAudit.class);
    /** Not what was refused for its size or its frequency. */
    private static final Set<Integer> KEPT = Set.of(400, 403, 404, 409, 422);

    private static final int NOT_FOUND = 404;
    private static final int LONGEST_REASON = 500;
    private static final int MOST_ERRORS = 3;

    private final Refusals refusals;
    private final ExecutorService threads;

    RefusalAudit(Refusals refusals, @VirtualThreads ExecutorService threads) {
        this.refusals = refusals;
        this.threads = threads;
    }

    /** The answer, as soon as it is put down why; the same answer when that fails: nothing was changed. */
    public Uni<Response> before(
            Response answer, ProblemDetail problem, ContainerRequestContext request, ResourceInfo called) {
        Optional<Refused> refused = refused(problem, request, called);
        if (refused.isEmpty()) {
            return Uni.createFrom().item(answer);
        }
        return Uni.createFrom().item(() -> put(refused.get(), answer)).runSubscriptionOn(threads);
    }

    private Response put(Refused refused, Response answer) {
        try {
            refusals.put(refused);
        } catch (RuntimeException e) {
            LOG.warnf(e, "a refused request is missing in the audit: %s", refused);
        }
        return answer;
    }

    /**
     * Puts down what was refused to somebody who came on another way than HTTP.
     *
     * @param named what the request is about, as it said it
     * @param action the verb alone
     */
    public void put(String who, Optional<String> named, String action, ProblemDetail problem) {
        if (KEPT.contains(problem.status())) {
            Optional<MigrationId> migration = migration(named);
            String detail = migration.map(id -> "migration " + id).orElse("");
            try {
                refusals.put(new Refused(who, migration, action, detail, reason(problem)));
            } catch (RuntimeException e) {
                LOG.warnf(e, "a refused request is missing in the audit: %s, %s", who, action);
            }
        }
    }

    private static Optional<Refused> refused(
            ProblemDetail problem, ContainerRequestContext request, ResourceInfo called) {
        Optional<Method> method =
                Optional.ofNullable(called.getResourceMethod()).filter(asked -> asked.isAnnotationPresent(POST.class));
        Optional<Principal> who =
                Optional.ofNullable(request.getSecurityContext().getUserPrincipal());
        UriInfo uri = request.getUriInfo();
        // Whatever else it says, it begins nothing: the client asks so whether dry runs are known.
        String asked = uri.getQueryParameters().getFirst("dryRun");
        boolean dryRun = asked != null && !asked.equals("false");
        if (method.isEmpty() || who.isEmpty() || dryRun || !KEPT.contains(problem.status())) {
            return Optional.empty();
        }
        return Optional.of(
                new Refused(who.get().getName(), migration(uri), method.get().getName(), detail(uri), reason(problem)));
    }

    private static Optional<MigrationId> migration(UriInfo uri) {
        return migration(parameter(uri, "id"));
    }

    private static Optional<MigrationId> migration(Optional<String> named) {
        try {
            return named.map(MigrationId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Only what can be a name: the rest of a path is whatever the caller wrote. */
    private static String detail(UriInfo uri) {
        return Stream.concat(
                        migration(uri).stream().map(id -> "migration " + id),
                        Stream.of("gate", "row")
                                .flatMap(name -> parameter(uri, name)
                                        .filter(word -> word.length() <= 40 && StepRef.isName(word))
                                        .map(word -> name + " " + word)
                                        .stream()))
                .collect(Collectors.joining(", "));
    }

    /** Of a thing that does not exist not its name: who tries names would be put down for each. */
    private static String reason(ProblemDetail problem) {
        if (problem.status() == NOT_FOUND) {
            return problem.title();
        }
        String errors = problem.errors().stream()
                .limit(MOST_ERRORS)
                .map(error -> error.pointer() + " " + error.detail())
                .collect(Collectors.joining("; ", " ", ""));
        String reason = problem.title() + ": " + problem.detail() + errors.stripTrailing();
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
    }

    private static Optional<String> parameter(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getPathParameters().getFirst(name));
    }
}
