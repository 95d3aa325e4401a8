package dev.hubferry.k8s.domain.cluster;

/**
 * Something that credentials may or may not do.
 *
 * @param verb such as {@code list}
 * @param group the API group; empty for the core group
 * @param resource plural, with its subresource, such as {@code pods/portforward}
 * @param namespace empty for all namespaces, and for kinds of the whole cluster
 */
public record Access(String verb, String group, String resource, String namespace) {
    @Override
    public String toString() {
        String where = namespace.isEmpty() ? "in all namespaces" : "in namespace " + namespace;
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + " " + where;
    }
}
