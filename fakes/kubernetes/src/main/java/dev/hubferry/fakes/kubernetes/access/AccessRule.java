package dev.hubferry.fakes.kubernetes.access;

import java.util.List;

/**
 * What a user may do, as an RBAC rule together with the namespaces where it is bound.
 *
 * @param verbs such as {@code get}, {@code list}, or {@code *}
 * @param apiGroups {@code ""} is the core group, {@code *} every group
 * @param resources plural names, subresources as {@code pods/exec}; {@code *} is everything
 * @param namespaces where the rule is bound; {@code *} binds it in every namespace and for kinds of the whole cluster
 * @param resourceNames empty: every name
 */
public record AccessRule(
        List<String> verbs,
        List<String> apiGroups,
        List<String> resources,
        List<String> namespaces,
        List<String> resourceNames) {

    private static final String ANY = "*";

    public AccessRule {
        verbs = List.copyOf(verbs);
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        namespaces = List.copyOf(namespaces);
        resourceNames = List.copyOf(resourceNames);
    }

    /** Every verb on everything everywhere, as {@code cluster-admin} has it. */
    public static AccessRule everything() {
        return new AccessRule(List.of(ANY), List.of(ANY), List.of(ANY), List.of(ANY), List.of());
    }

    /** Verbs on core resources in one namespace ({@code *}: everywhere). */
    public static AccessRule core(String namespace, List<String> verbs, String... resources) {
        return new AccessRule(verbs, List.of(""), List.of(resources), List.of(namespace), List.of());
    }

    /** Verbs on resources of {@code apps} in one namespace ({@code *}: everywhere). */
    public static AccessRule apps(String namespace, List<String> verbs, String... resources) {
        return new AccessRule(verbs, List.of("apps"), List.of(resources), List.of(namespace), List.of());
    }

    boolean allows(AccessRequest request) {
        return contains(verbs, request.verb())
                && contains(apiGroups, request.group())
                && allowsResource(request)
                && contains(namespaces, request.namespace())
                && (resourceNames.isEmpty() || resourceNames.contains(request.name()));
    }

    private boolean allowsResource(AccessRequest request) {
        return contains(resources, request.qualifiedResource())
                || (!request.subresource().isEmpty() && resources.contains("*/" + request.subresource()));
    }

    private static boolean contains(List<String> allowed, String wanted) {
        return allowed.contains(ANY) || allowed.contains(wanted);
    }
}
