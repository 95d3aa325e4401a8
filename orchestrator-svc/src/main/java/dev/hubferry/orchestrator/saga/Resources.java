package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationSpec;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a migration has to itself from its request to its end. */
public final class Resources {
    private Resources() {}

    /** The lock keys of both hubs, both home directories and the DNS name. */
    public static SortedSet<String> of(MigrationSpec spec) {
        SortedSet<String> keys = new TreeSet<>();
        keys.add(spec.source().lockKey());
        keys.add(spec.target().lockKey());
        keys.add(spec.homes().source().lockKey());
        keys.add(spec.homes().target().lockKey());
        keys.add(spec.dns().lockKey());
        return keys;
    }

    /** The resources, and all that hold one of them; each is one that {@link #overlap}s. */
    public static SortedSet<String> withHolders(Set<String> resources) {
        SortedSet<String> all = new TreeSet<>(resources);
        for (String resource : resources) {
            for (int slash = resource.indexOf('/'); slash >= 0; slash = resource.indexOf('/', slash + 1)) {
                all.add(resource.substring(0, slash));
            }
        }
        return all;
    }

    /** Whether two resources are the same or one holds the other, as a directory does what is below it and a namespace its releases. */
    public static boolean overlap(String one, String other) {
        return one.equals(other) || one.startsWith(other + "/") || other.startsWith(one + "/");
    }
}
