package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One use of a thing that bears few uses at once, such as a copy from a storage server.
 *
 * @param name the connection, as the spec names it
 */
public record Slot(Kind kind, String name) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER =
            Comparator.comparing(Slot::kind).thenComparing(Slot::name);

    public Slot {
        Require.present(kind, "kind");
        Require.text(name, "name");
    }

    /** What is used. */
    public enum Kind {
        /** A storage server, by the bulk copy of a hub's homes. */
        SEED("seed"),
        /** A cluster, by a hub that is down while it moves. */
        CLUSTER_CUTOVER("cluster-cutover"),
        /** An account at a DNS provider, by a hub that is down while it moves; named by the zone connection. */
        DNS_CUTOVER("dns-cutover");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        /** @throws IllegalArgumentException when there is no such kind */
        public static Kind of(String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName.equals(wireName))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no kind of slot is called '" + wireName + "'"));
        }
    }

    /** As text, such as {@code seed/nfs-old}. */
    public String key() {
        return kind.wireName() + "/" + name;
    }

    /** In order. */
    static List<String> keys(Set<Slot> slots) {
        return slots.stream().sorted().map(Slot::key).toList();
    }

    /** @throws IllegalArgumentException when {@code key} is not what {@link #key} writes */
    public static Slot ofKey(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no slot is called '" + key + "'");
        }
        return new Slot(Kind.of(key.substring(0, slash)), key.substring(slash + 1));
    }

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
