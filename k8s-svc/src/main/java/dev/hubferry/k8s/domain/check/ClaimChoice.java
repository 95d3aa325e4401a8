package dev.hubferry.k8s.domain.check;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubSettings.Storage;
import dev.hubferry.k8s.domain.cluster.Pod;
import java.util.List;
import java.util.Optional;

/** Decides which claim holds all homes, and notices when there is one for each user instead. */
record ClaimChoice(Hub hub, HubSettings settings, List<Pod> servers, List<Claim> claims) {
    /** The claim's usual name, for hubs whose configuration cannot be read and that nobody uses right now. */
    private static final String USUAL = "home-nfs";

    Optional<Claim> choose(Findings findings) {
        if (isPerUser()) {
            findings.problem(
                    ErrorCode.STORAGE_PER_USER,
                    "hub " + hub.described(),
                    "gives each user a volume of its own" + examples(),
                    "hubs with a volume for each user cannot be moved yet");
            return Optional.empty();
        }
        Optional<String> name = configured().or(this::mounted).or(this::usual);
        Optional<Claim> claim = name.flatMap(this::claim);
        if (claim.isEmpty()) {
            findings.problem(
                    ErrorCode.HOMES_NOT_FOUND,
                    "hub " + hub.described(),
                    name.map(missing -> "its homes' PersistentVolumeClaim " + missing + " does not exist")
                            .orElse("neither its configuration nor a running server says which claim holds its homes"),
                    "see singleuser.storage in the hub's configuration");
        }
        return claim;
    }

    private boolean isPerUser() {
        return switch (settings.storage()) {
            case DYNAMIC -> true;
            case STATIC -> false;
            case NONE, UNKNOWN ->
                mountedClaims().size() > 1
                        || mountedClaims().stream()
                                .flatMap(name -> claim(name).stream())
                                .anyMatch(Claim::isOfOneUser)
                        || (settings.storage() == Storage.UNKNOWN
                                && servers.isEmpty()
                                && claims.stream().anyMatch(Claim::isOfOneUser));
        };
    }

    private Optional<String> configured() {
        return settings.storage() == Storage.STATIC ? settings.claim() : Optional.empty();
    }

    private Optional<String> mounted() {
        return mountedClaims().stream().findFirst();
    }

    private Optional<String> usual() {
        return claim(USUAL).map(Claim::name);
    }

    private List<String> mountedClaims() {
        return servers.stream()
                .flatMap(pod -> HomeMounts.homeMount(pod, settings.homeMountPath()).stream())
                .map(HomeMounts::claimOf)
                .distinct()
                .toList();
    }

    private Optional<Claim> claim(String name) {
        return claims.stream().filter(claim -> claim.name().equals(name)).findFirst();
    }

    private String examples() {
        List<String> some = claims.stream()
                .filter(Claim::isOfOneUser)
                .map(Claim::name)
                .limit(3)
                .toList();
        return some.isEmpty() ? "" : ", such as " + String.join(", ", some);
    }
}
