package dev.hubferry.system.crash;

import dev.hubferry.fakes.kubernetes.http.Mutation;
import dev.hubferry.fakes.namecheap.ApiCommand;
import dev.hubferry.sandbox.world.SandboxWorld;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the world has seen change so far, counted by kind; the difference of two is what a migration did. */
record Effects(Map<String, Long> counts) {
    /** Requests that take effect and change nothing that stays, or something of the run's own that goes with it. */
    private static boolean counts(Mutation mutation) {
        return switch (mutation.resource()) {
            case "services", "deployments", "deployments/scale", "persistentvolumeclaims", "secrets" -> true;
            case "pods" -> !mutation.name().startsWith("hubferry-");
            default -> false;
        };
    }

    static Effects of(SandboxWorld world) {
        Map<String, Long> counts = new TreeMap<>();
        for (String cluster : List.of(SandboxWorld.OLD, SandboxWorld.NEW)) {
            for (Mutation mutation :
                    world.cluster(cluster).kubernetes().mutations().all()) {
                if (counts(mutation)) {
                    String what =
                            "%s: %s %s %s".formatted(cluster, mutation.verb(), mutation.resource(), mutation.name());
                    counts.merge(what, 1L, Long::sum);
                }
            }
        }
        counts.put("zone: changes", (long) world.zone().namecheap().changes());
        counts.put("zone: writes", (long) world.zone().namecheap().calls(ApiCommand.SET_HOSTS));
        return new Effects(counts);
    }

    /** What came on top of {@code earlier}. */
    Effects since(Effects earlier) {
        Map<String, Long> more = new TreeMap<>();
        counts.forEach((what, count) -> {
            long difference = count - earlier.counts().getOrDefault(what, 0L);
            if (difference != 0) {
                more.put(what, difference);
            }
        });
        return new Effects(more);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
