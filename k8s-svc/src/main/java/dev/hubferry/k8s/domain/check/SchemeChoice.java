package dev.hubferry.k8s.domain.check;

import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Workload;
import dev.hubferry.k8s.domain.naming.HomeTemplate;
import dev.hubferry.k8s.domain.naming.HomeTemplate.Rendered;
import dev.hubferry.k8s.domain.naming.SlugScheme;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides by which scheme a hub names homes; the best evidence first. */
record SchemeChoice(HubSettings settings, Workload hub, List<Pod> servers) {
    private static final int FIRST_SAFE_KUBESPAWNER = 7;
    private static final int FIRST_SAFE_CHART = 4;

    /** The scheme; empty when neither configuration, a server's annotation, the chart's version nor a server's directory tells. */
    Optional<SlugScheme> choose(HomeTemplate template, Map<UserServer, String> observed) {
        return settings.scheme().or(this::byKubeSpawner).or(this::byChart).or(() -> byObservation(template, observed));
    }

    private Optional<SlugScheme> byKubeSpawner() {
        return servers.stream()
                .flatMap(pod -> pod.kubeSpawnerVersion().stream())
                .flatMap(version -> byMajor(version, FIRST_SAFE_KUBESPAWNER).stream())
                .findFirst();
    }

    private Optional<SlugScheme> byChart() {
        return settings.chartVersion().or(hub::chartVersion).flatMap(version -> byMajor(version, FIRST_SAFE_CHART));
    }

    private static Optional<SlugScheme> byObservation(HomeTemplate template, Map<UserServer, String> observed) {
        List<SlugScheme> fitting = Stream.of(SlugScheme.values())
                .filter(scheme -> observed.entrySet().stream()
                        .allMatch(seen ->
                                template.home(seen.getKey(), scheme).equals(new Rendered.Home(seen.getValue()))))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static Optional<SlugScheme> byMajor(String version, int firstSafe) {
        String major = version.replaceFirst("^v", "").replaceFirst("\\D.*", "");
        return major.isEmpty() || major.length() > 6
                ? Optional.empty()
                : Optional.of(Integer.parseInt(major) >= firstSafe ? SlugScheme.SAFE : SlugScheme.ESCAPE);
    }
}
