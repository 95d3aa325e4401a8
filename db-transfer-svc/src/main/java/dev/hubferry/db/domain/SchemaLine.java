package dev.hubferry.db.domain;

import java.util.List;
import java.util.Optional;

/**
 * The schema revisions of JupyterHub's releases, oldest first.
 *
 * <p>Source: the head of {@code jupyterhub/alembic/versions} in each release.
 */
public final class SchemaLine {
    private static final List<Release> RELEASES = List.of(
            new Release(1, "4dc2d5a8c53c"),
            new Release(2, "833da8570507"),
            new Release(3, "651f5419b74d"),
            new Release(4, "0eee8c825d24"),
            new Release(5, "4621fec11365"));

    private SchemaLine() {}

    /** The place of {@code revision} in the line, or empty when it is no release's head. */
    public static Optional<Release> ofRevision(String revision) {
        return RELEASES.stream()
                .filter(release -> release.revision().equals(revision))
                .findFirst();
    }

    /** The newest revision that JupyterHub {@code version} is known to understand, or empty when the version has no known one. */
    public static Optional<Release> ofVersion(String version) {
        return major(version)
                .flatMap(major -> RELEASES.stream()
                        .filter(release -> release.major() <= major)
                        .reduce((older, newer) -> newer));
    }

    private static Optional<Integer> major(String version) {
        String digits = version.startsWith("v") ? version.substring(1) : version;
        int end = 0;
        while (end < digits.length() && end < 4 && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        return end == 0 ? Optional.empty() : Optional.of(Integer.valueOf(digits.substring(0, end)));
    }

    /**
     * A major release and its schema.
     *
     * @param major such as 3 for 3.x
     * @param revision the Alembic head of its database
     */
    public record Release(int major, String revision) {
        /** Such as {@code JupyterHub 3.x}. */
        public String words() {
            return "JupyterHub " + major + ".x";
        }
    }
}
