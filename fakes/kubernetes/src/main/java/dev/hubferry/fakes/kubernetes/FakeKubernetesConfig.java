package dev.hubferry.fakes.kubernetes;

import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.node.PodRuntime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a fake cluster is made of.
 *
 * @param name in its kubeconfig and in the names of its node
 * @param dataDirectory where volumes and pods keep their files; must exist or be creatable
 * @param host address that the API listens on
 * @param port 0 chooses a free one
 * @param users who may come in; the first is the one that {@code kubeconfig()} is for
 * @param loadBalancerAddresses what Services of type LoadBalancer get, IPs or host names; one that was given up is
 *     given again only after all others
 * @param serviceNetwork first three octets of cluster addresses
 * @param podNetwork first two octets of pod addresses, within 127.0.0.0/8
 * @param nfsExports which directory of this host is {@code server:path}; paths below an export follow it
 * @param runtimes run something real for the pods they care about; the first that does wins
 * @param historyLength how many changes watches can look back on
 * @param timing how fast the cluster is
 */
public record FakeKubernetesConfig(
        String name,
        Path dataDirectory,
        String host,
        int port,
        List<FakeUser> users,
        List<String> loadBalancerAddresses,
        String serviceNetwork,
        String podNetwork,
        Map<String, Path> nfsExports,
        List<PodRuntime> runtimes,
        int historyLength,
        Timing timing,
        Clock clock) {

    public FakeKubernetesConfig {
        if (users.isEmpty()) {
            throw new IllegalArgumentException("cluster '" + name + "' needs at least one user");
        }
        users = List.copyOf(users);
        loadBalancerAddresses = List.copyOf(loadBalancerAddresses);
        nfsExports = Map.copyOf(nfsExports);
        runtimes = List.copyOf(runtimes);
    }

    /**
     * @param start from a pod's creation to its start
     * @param ready from a pod's start to its readiness
     * @param address from the making of a LoadBalancer Service to its address
     * @param graceScale how long a second of grace lasts, in seconds
     */
    public record Timing(Duration start, Duration ready, Duration address, double graceScale) {

        /** Fast enough for tests, slow enough that states in between are seen. */
        public static Timing brisk() {
            return new Timing(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(100), 0.1);
        }
    }

    /** A cluster on a free port of 127.0.0.1 with one user, {@code admin}, who may do everything. */
    public static Builder builder(String name, Path dataDirectory) {
        return new Builder(name, dataDirectory);
    }

    /** Changes the defaults one by one. */
    public static final class Builder {
        private final String name;
        private final Path dataDirectory;
        private String host = "127.0.0.1";
        private int port;
        private List<FakeUser> users;
        private List<String> loadBalancerAddresses = List.of("203.0.113.10", "203.0.113.11", "203.0.113.12");
        private String serviceNetwork = "10.96.0";
        private String podNetwork = "127.64";
        private Map<String, Path> nfsExports = Map.of();
        private List<PodRuntime> runtimes = List.of();
        private int historyLength = 2_000;
        private Timing timing = Timing.brisk();
        private Clock clock = Clock.systemUTC();

        private Builder(String name, Path dataDirectory) {
            this.name = name;
            this.dataDirectory = dataDirectory;
            this.users = List.of(FakeUser.admin("admin", name + "-admin-token"));
        }

        public Builder listenOn(String address, int listenPort) {
            this.host = address;
            this.port = listenPort;
            return this;
        }

        public Builder users(FakeUser... all) {
            this.users = List.of(all);
            return this;
        }

        public Builder loadBalancerAddresses(String... all) {
            this.loadBalancerAddresses = List.of(all);
            return this;
        }

        public Builder serviceNetwork(String firstThreeOctets) {
            this.serviceNetwork = firstThreeOctets;
            return this;
        }

        public Builder podNetwork(String firstTwoOctets) {
            this.podNetwork = firstTwoOctets;
            return this;
        }

        public Builder nfsExports(Map<String, Path> directories) {
            this.nfsExports = directories;
            return this;
        }

        public Builder runtimes(PodRuntime... all) {
            this.runtimes = List.of(all);
            return this;
        }

        public Builder historyLength(int changes) {
            this.historyLength = changes;
            return this;
        }

        public Builder timing(Timing other) {
            this.timing = other;
            return this;
        }

        public Builder clock(Clock other) {
            this.clock = other;
            return this;
        }

        public FakeKubernetesConfig build() {
            return new FakeKubernetesConfig(
                    name,
                    dataDirectory,
                    host,
                    port,
                    users,
                    loadBalancerAddresses,
                    serviceNetwork,
                    podNetwork,
                    nfsExports,
                    runtimes,
                    historyLength,
                    timing,
                    clock);
        }
    }
}
