package dev.hubferry.db.domain;

import java.util.Optional;
import java.util.Set;

/** Whether the target's hub can live with the source's database schema. */
public sealed interface SchemaVerdict {
    /** The target's hub has the same schema, or one that it is known to understand. */
    record Fits() implements SchemaVerdict {}

    /** @param detail from which schema to which the target's hub will upgrade the database */
    record WillBeUpgraded(String detail) implements SchemaVerdict {}

    /** @param detail which schema meets which hub */
    record TooNew(String detail) implements SchemaVerdict {}

    /** @param detail what is not known */
    record CannotTell(String detail) implements SchemaVerdict {}

    /**
     * Compares the source's schema with everything that tells what the target understands: the revisions in the hub's image first, for
     * labels can lie; then the version that image or labels name; then the schema of the target's own database.
     *
     * @param head the source's Alembic revision
     * @param targetRevisions those that the target's image knows; empty when it does not tell
     * @param targetVersion the target's JupyterHub
     * @param targetHead the Alembic revision of the target's own database
     */
    static SchemaVerdict of(
            String head, Set<String> targetRevisions, HubVersion targetVersion, Optional<String> targetHead) {
        if (targetHead.filter(head::equals).isPresent()) {
            return new Fits();
        }
        if (!targetRevisions.isEmpty()) {
            return byRevisions(head, targetRevisions, targetVersion);
        }
        Optional<SchemaLine.Release> source = SchemaLine.ofRevision(head);
        if (source.isEmpty()) {
            return new CannotTell("schema " + head + " belongs to no JupyterHub that Hubferry knows");
        }
        Optional<SchemaLine.Release> target =
                version(targetVersion).or(() -> targetHead.flatMap(SchemaLine::ofRevision));
        return target.map(release -> byRelease(source.get(), release))
                .orElseGet(() -> new CannotTell("the target does not tell which JupyterHub it runs ("
                        + words(targetVersion) + "), so nobody knows whether it understands schema " + head));
    }

    private static SchemaVerdict byRevisions(String head, Set<String> revisions, HubVersion version) {
        if (!revisions.contains(head)) {
            return SchemaLine.ofRevision(head)
                    .<SchemaVerdict>map(release -> new TooNew("schema " + head + " is that of " + release.words()
                            + ", which the target's hub (" + words(version) + ") does not know"))
                    .orElseGet(() -> new CannotTell("schema " + head + " is unknown to the target's hub ("
                            + words(version) + ") and to Hubferry"));
        }
        boolean newerKnown = SchemaLine.ofRevision(head).stream()
                .anyMatch(source -> revisions.stream()
                        .flatMap(revision -> SchemaLine.ofRevision(revision).stream())
                        .anyMatch(release -> release.major() > source.major()));
        return newerKnown
                ? new WillBeUpgraded(
                        "schema " + head + " is older than that of the target's hub (" + words(version) + ")")
                : new Fits();
    }

    private static SchemaVerdict byRelease(SchemaLine.Release source, SchemaLine.Release target) {
        if (source.major() > target.major()) {
            return new TooNew("schema " + source.revision() + " is that of " + source.words() + ", but the target runs "
                    + target.words() + " with schema " + target.revision());
        }
        return source.major() == target.major()
                ? new Fits()
                : new WillBeUpgraded("schema " + source.revision() + " of " + source.words() + " is older than schema "
                        + target.revision() + " of " + target.words());
    }

    private static Optional<SchemaLine.Release> version(HubVersion version) {
        return switch (version) {
            case HubVersion.Known known -> SchemaLine.ofVersion(known.version());
            case HubVersion.Unknown unknown -> Optional.empty();
        };
    }

    private static String words(HubVersion version) {
        return switch (version) {
            case HubVersion.Known known -> "JupyterHub " + known.version() + " by its " + known.evidence();
            case HubVersion.Unknown unknown -> "version unknown";
        };
    }
}
