package dev.hubferry.fakes.kubernetes.access;

/**
 * A question to the access rules.
 *
 * @param namespace "" for kinds of the whole cluster and for every namespace at once
 * @param subresource "" for the object itself
 * @param name "" for the collection
 */
public record AccessRequest(
        String verb, String group, String resource, String subresource, String namespace, String name) {

    public AccessRequest withVerb(String otherVerb) {
        return new AccessRequest(otherVerb, group, resource, subresource, namespace, name);
    }

    /** {@code pods} or {@code pods/exec}. */
    public String qualifiedResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
}
