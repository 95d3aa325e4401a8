package dev.hubferry.k8s.domain.check;

import dev.hubferry.k8s.domain.cluster.Mount;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.naming.HomeTemplate;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What running servers show of their homes.
 *
 * @param claim that holds the homes
 * @param homePath where a server sees the home; other mounts of the claim are shared directories
 */
record HomeMounts(String claim, String homePath) {

    /** Each running server and the name of its directory below {@code directory}; the whole sub path when it is elsewhere. */
    Map<UserServer, String> observed(List<Pod> servers, String directory) {
        Map<UserServer, String> observed = new LinkedHashMap<>();
        String prefix = directory.isEmpty() ? "" : directory + "/";
        for (Pod pod : servers) {
            Optional<Mount> mount =
                    homeMount(pod, homePath).filter(home -> claimOf(home).equals(claim));
            if (pod.user().isPresent() && mount.isPresent()) {
                String path = mount.get().subPath();
                observed.put(
                        new UserServer(pod.user().get(), pod.server()),
                        path.startsWith(prefix) ? path.substring(prefix.length()) : path);
            }
        }
        return observed;
    }

    /** The template that fits a running server, when the configuration says nothing. */
    Optional<String> inferredTemplate(List<Pod> servers) {
        return servers.stream()
                .flatMap(pod -> homeMount(pod, homePath).stream())
                .filter(mount -> claimOf(mount).equals(claim))
                .map(Mount::subPath)
                .filter(path -> !path.isEmpty())
                .map(path -> path.substring(0, path.lastIndexOf('/') + 1) + HomeTemplate.DEFAULT)
                .findFirst();
    }

    /** The pod's mount of a claim at the home's place, or else the outermost one. */
    static Optional<Mount> homeMount(Pod pod, String homePath) {
        List<Mount> ofClaims =
                pod.mounts().stream().filter(mount -> !claimOf(mount).isEmpty()).toList();
        return ofClaims.stream()
                .filter(mount -> mount.mountPath().equals(homePath))
                .findFirst()
                .or(() -> ofClaims.stream()
                        .min(Comparator.comparingInt(mount -> mount.mountPath().length())));
    }

    /** The claim's name; empty when the mount is of no claim. */
    static String claimOf(Mount mount) {
        return switch (mount.source()) {
            case Mount.Source.Claim(String name) -> name;
            case Mount.Source.Export export -> "";
        };
    }
}
