package dev.hubferry.storage.domain.manifest;

import dev.hubferry.contracts.ExcludePattern;
import dev.hubferry.contracts.HomesOptions;
import java.util.List;
import java.util.Optional;

/**
 * What is not moved. Whoever reads a tree for anything that has to agree with other reads of it – what to copy, what to delete, what to
 * compare, what was written – asks this class.
 */
public final class Exclusions {
    public static final Exclusions NONE = of(HomesOptions.NONE);

    private final List<ExcludePattern> names;
    private final List<ExcludePattern> paths;

    private Exclusions(List<ExcludePattern> names, List<ExcludePattern> paths) {
        this.names = names;
        this.paths = paths;
    }

    public static Exclusions of(HomesOptions options) {
        List<ExcludePattern> patterns = options.patterns();
        return new Exclusions(
                patterns.stream().filter(ExcludePattern::isName).toList(),
                patterns.stream().filter(pattern -> !pattern.isName()).toList());
    }

    public boolean isEmpty() {
        return names.isEmpty() && paths.isEmpty();
    }

    /** A sieve for the entries of one tree, or of several that are read at the same time. */
    public Sieve sieve() {
        return new Sieve(this);
    }

    /** The same stream without what is not moved. */
    public ManifestStream from(ManifestStream stream) {
        if (isEmpty()) {
            return stream;
        }
        Sieve sieve = sieve();
        return () -> {
            Optional<ManifestEntry> next = stream.next();
            while (next.isPresent() && sieve.holds(next.get().path())) {
                next = stream.next();
            }
            return next;
        };
    }

    /** Whether the patterns say so of the path itself, whatever they say of what it is in. */
    private boolean match(String path, int home, int end) {
        List<String> name = List.of(path.substring(path.lastIndexOf('/', end - 1) + 1, end));
        if (names.stream().anyMatch(pattern -> pattern.matches(name))) {
            return true;
        }
        if (paths.isEmpty()) {
            return false;
        }
        List<String> below = List.of(path.substring(home + 1, end).split("/", -1));
        return paths.stream().anyMatch(pattern -> pattern.matches(below));
    }

    /** Sieves paths in any order; the more of them stand together that are in one directory, the faster. */
    public static final class Sieve {
        /** A path that begins so is below a home. */
        private static final int HOMES = "./".length();

        private final Exclusions exclusions;
        /** What was found last to stay behind, with a slash; a slash alone, with which no path begins, while there is nothing. */
        private String behind = "/";
        /** A directory, with a slash, which is moved. */
        private String moved = "/";

        private Sieve(Exclusions exclusions) {
            this.exclusions = exclusions;
        }

        /** Whether an entry stays behind. */
        public boolean holds(String path) {
            return topmost(path).isPresent();
        }

        /**
         * The entry, or the topmost directory above it, that stays behind; empty when the entry is moved.
         *
         * @param path as manifests have it: {@code ./HOME/NAME/NAME}
         */
        public Optional<String> topmost(String path) {
            int home = path.indexOf('/', HOMES);
            if (home < 0 || exclusions.isEmpty()) {
                return Optional.empty();
            }
            if (path.startsWith(behind)) {
                return Optional.of(behind.substring(0, behind.length() - 1));
            }
            int from = path.startsWith(moved) ? moved.length() : home + 1;
            for (int end = path.indexOf('/', from); end >= 0; end = path.indexOf('/', end + 1)) {
                if (exclusions.match(path, home, end)) {
                    behind = path.substring(0, end + 1);
                    return Optional.of(path.substring(0, end));
                }
            }
            moved = path.substring(0, path.lastIndexOf('/') + 1);
            if (exclusions.match(path, home, path.length())) {
                behind = path + "/";
                return Optional.of(path);
            }
            return Optional.empty();
        }
    }
}
