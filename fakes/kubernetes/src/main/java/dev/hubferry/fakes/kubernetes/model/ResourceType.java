package dev.hubferry.fakes.kubernetes.model;

import java.util.List;

/**
 * One kind of object that the API serves.
 *
 * @param group API group, "" for the core group
 * @param plural name in URLs and access rules, such as {@code pods}
 * @param shape what sets this kind apart from a plain stored object
 */
public record ResourceType(
        String group, String version, String kind, String plural, List<String> shortNames, Shape shape) {

    /**
     * @param namespaced false for kinds of the whole cluster
     * @param hasStatus the status is written through a subresource of its own, and ignored elsewhere
     * @param hasGeneration {@code metadata.generation} counts changes of the spec
     * @param hasScale there is a {@code /scale} subresource
     */
    public record Shape(boolean namespaced, boolean hasStatus, boolean hasGeneration, boolean hasScale) {}

    /** {@code v1} or {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public String singular() {
        return kind.toLowerCase(java.util.Locale.ROOT);
    }

    public boolean namespaced() {
        return shape.namespaced();
    }

    /** {@code pods} or {@code deployments.apps}, as error messages have it. */
    public String qualifiedName() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
