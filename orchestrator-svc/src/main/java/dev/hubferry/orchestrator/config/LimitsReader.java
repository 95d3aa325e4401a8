package dev.hubferry.orchestrator.config;

import dev.hubferry.orchestrator.config.LimitsConfig.Limit;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.queue.Limits;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes limits of what is configured; a name that nothing has would be a limit that holds for nothing, so it is refused. */
final class LimitsReader {
    private final Map<Kind, Integer> usual = new EnumMap<>(Kind.class);
    private final Map<Slot, Integer> own = new HashMap<>();
    private final Map<String, String> accounts = new HashMap<>();
    private final Set<Slot> known = new HashSet<>();

    private LimitsReader() {}

    /** @throws IllegalArgumentException naming the key that is wrong */
    static Limits read(LimitsConfig config, ConnectionsConfig connections) {
        LimitsReader reader = new LimitsReader();
        config.dnsAccounts().forEach((account, zones) -> reader.account(account, zones, connections.zones()));
        Set<String> accountNames = new TreeSet<>(connections.zones());
        accountNames.removeAll(reader.accounts.keySet());
        accountNames.addAll(reader.accounts.values());
        reader.know(Kind.SEED, connections.storages());
        reader.know(Kind.CLUSTER_CUTOVER, connections.clusters());
        reader.know(Kind.DNS_CUTOVER, connections.zones());
        reader.limit(Kind.SEED, "seeds-per-storage", config.seedsPerStorage(), connections.storages());
        reader.limit(Kind.CLUSTER_CUTOVER, "cutovers-per-cluster", config.cutoversPerCluster(), connections.clusters());
        reader.limit(Kind.DNS_CUTOVER, "cutovers-per-dns-account", config.cutoversPerDnsAccount(), accountNames);
        return new Limits(reader.usual, reader.own, reader.accounts, reader.known);
    }

    private void know(Kind kind, Set<String> names) {
        names.forEach(name -> known.add(new Slot(kind, name)));
    }

    private void account(String account, Set<String> zones, Set<String> known) {
        for (String zone : zones) {
            String key = "hubferry.limits.dns-accounts." + account;
            requireKnown(key, zone, known);
            String other = accounts.put(zone, account);
            if (other != null) {
                throw new IllegalArgumentException(
                        "%s names zone '%s', which account '%s' has already".formatted(key, zone, other));
            }
        }
    }

    private void limit(Kind kind, String key, Limit limit, Set<String> names) {
        usual.put(kind, limit.usual());
        limit.of().forEach((name, own) -> {
            requireKnown("hubferry.limits." + key + ".of", name, names);
            this.own.put(new Slot(kind, name), own);
        });
    }

    private static void requireKnown(String key, String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "%s names '%s', which is none of %s".formatted(key, name, new TreeSet<>(known)));
        }
    }
}
