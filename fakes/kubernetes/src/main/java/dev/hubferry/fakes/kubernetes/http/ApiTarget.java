package dev.hubferry.fakes.kubernetes.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a URL path of the API names.
 *
 * @param namespace "" for kinds of the whole cluster and for every namespace at once
 * @param name "" for the collection
 * @param subresource "" for the object itself
 */
public record ApiTarget(
        String group, String version, String namespace, String resource, String name, String subresource) {

    private static final Set<String> OF_A_NAMESPACE_ITSELF = Set.of("status", "finalize");

    /** Reads {@code /api/v1/…} and {@code /apis/GROUP/VERSION/…}; empty for paths that name no resource. */
    public static Optional<ApiTarget> parse(String path) {
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        if (parts.size() > 2 && "api".equals(parts.get(0))) {
            return Optional.of(in("", parts.get(1), parts.subList(2, parts.size())));
        }
        if (parts.size() > 3 && "apis".equals(parts.get(0))) {
            return Optional.of(in(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
        }
        return Optional.empty();
    }

    private static ApiTarget in(String group, String version, List<String> rest) {
        if (!"namespaces".equals(rest.getFirst()) || rest.size() == 1) {
            return new ApiTarget(group, version, "", rest.getFirst(), part(rest, 1), part(rest, 2));
        }
        String namespace = rest.get(1);
        if (rest.size() == 2 || (rest.size() == 3 && OF_A_NAMESPACE_ITSELF.contains(rest.get(2)))) {
            return new ApiTarget(group, version, namespace, "namespaces", namespace, part(rest, 2));
        }
        return new ApiTarget(group, version, namespace, rest.get(2), part(rest, 3), part(rest, 4));
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }
}
