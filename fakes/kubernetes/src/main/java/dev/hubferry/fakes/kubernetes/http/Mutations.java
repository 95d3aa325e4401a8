package dev.hubferry.fakes.kubernetes.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every mutating request that took effect, in order, so that a test can see that nothing was done twice. */
public final class Mutations {

    private final List<Mutation> all = new CopyOnWriteArrayList<>();

    void record(Mutation mutation) {
        all.add(mutation);
    }

    public List<Mutation> all() {
        return List.copyOf(all);
    }

    public long count(String verb, String resource, String namespace, String name) {
        return all.stream()
                .filter(mutation -> mutation.verb().equals(verb)
                        && mutation.resource().equals(resource)
                        && mutation.namespace().equals(namespace)
                        && mutation.name().equals(name))
                .count();
    }

    public void clear() {
        all.clear();
    }
}
