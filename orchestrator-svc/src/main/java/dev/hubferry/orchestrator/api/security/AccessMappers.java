package dev.hubferry.orchestrator.api.security;

import dev.hubferry.orchestrator.api.problem.AccessProblems;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.problem.RefusalAudit;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem of a refusal by role, which says the role that is needed. */
class AccessMappers {
    private final RefusalAudit audit;

    AccessMappers(RefusalAudit audit) {
        this.audit = audit;
    }

    @ServerExceptionMapper
    Uni<Response> map(ForbiddenException e, ContainerRequestContext request, ResourceInfo called) {
        SecurityContext security = request.getSecurityContext();
        Set<String> has = Role.ALL.stream().filter(security::isUserInRole).collect(Collectors.toSet());
        String who = security.getUserPrincipal().getName();
        ProblemDetail problem = AccessProblems.forbidden(who, has, needed(called));
        return audit.before(response(problem), problem, request, called);
    }

    @ServerExceptionMapper
    Response map(UnauthorizedException e) {
        return response(AccessProblems.noToken());
    }

    private static Set<String> needed(ResourceInfo called) {
        return Optional.ofNullable(called.getResourceMethod())
                .flatMap(method -> Optional.ofNullable(method.getAnnotation(RolesAllowed.class)))
                .or(() -> Optional.ofNullable(called.getResourceClass())
                        .map(type -> type.getAnnotation(RolesAllowed.class)))
                .map(roles -> Set.of(roles.value()))
                .orElse(Set.of());
    }

    private static Response response(ProblemDetail problem) {
        return Response.status(problem.status())
                .type(Problems.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
