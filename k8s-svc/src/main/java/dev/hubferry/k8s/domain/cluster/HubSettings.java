package dev.hubferry.k8s.domain.cluster;

import dev.hubferry.k8s.domain.naming.SlugScheme;
import java.util.Optional;

/**
 * The few values of the hub's chart that matter for its homes; never a secret.
 *
 * @param storage where the chart says that homes are
 * @param claim the claim of all homes, when {@code storage} is STATIC
 * @param subPath the template of a user's directory on it
 * @param scheme the naming scheme, when the configuration sets it
 * @param chartVersion such as {@code 3.3.7}
 * @param baseUrl the hub's path on its address, with a slash at both ends
 * @param homeMountPath where a user's server sees the home
 */
public record HubSettings(
        Storage storage,
        Optional<String> claim,
        Optional<String> subPath,
        Optional<SlugScheme> scheme,
        Optional<String> chartVersion,
        String baseUrl,
        String homeMountPath) {
    public static final String DEFAULT_HOME = "/home/jovyan";

    /** What holds when the hub's configuration cannot be found. */
    public static HubSettings unknown() {
        return new HubSettings(
                Storage.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "/",
                DEFAULT_HOME);
    }

    /** The chart's {@code singleuser.storage.type}. */
    public enum Storage {
        /** A claim for every user. */
        DYNAMIC,
        /** One claim for all. */
        STATIC,
        /** None that the chart knows; volumes may be configured elsewhere. */
        NONE,
        /** The configuration says nothing. */
        UNKNOWN
    }
}
