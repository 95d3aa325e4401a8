package dev.hubferry.k8s.domain.check;

import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.naming.HomeTemplate;
import dev.hubferry.k8s.domain.naming.SlugScheme;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a hub's homes are and how it names each user's directory.
 *
 * @param claim the PersistentVolumeClaim that users' servers mount
 * @param export what the claim's volume is
 * @param directory the fixed directory on it that all homes are in; empty when they stand right on the volume
 * @param template the rest of the path
 * @param scheme how names are made fit; empty when neither configuration, chart version nor a running server tells
 * @param observed users' servers that run now, and the directory that each really has
 */
public record HomeLayout(
        String claim,
        NfsExport export,
        String directory,
        HomeTemplate template,
        Optional<SlugScheme> scheme,
        Map<UserServer, String> observed) {

    /** The directory that holds all homes. */
    public NfsExport homes() {
        return export.below(directory);
    }

    /** The possible names of the user's directory: one when it is certain, none when only the hub can know. */
    public Set<String> homesOf(UserServer server) {
        String seen = observed.get(server);
        if (seen != null) {
            return Set.of(seen);
        }
        Set<String> names = new TreeSet<>();
        for (SlugScheme possible : scheme.map(Set::of).orElse(Set.of(SlugScheme.values()))) {
            switch (template.home(server, possible)) {
                case HomeTemplate.Rendered.Home(String name) -> names.add(name);
                case HomeTemplate.Rendered.Unknown unknown -> {
                    return Set.of();
                }
            }
        }
        return names;
    }
}
