package dev.hubferry.bench.homes;

import java.util.List;
import java.util.Optional;

/**
 * How a peer is run.
 *
 * @param name of the method, for people
 * @param runsOn the host on which it runs, as root
 * @param program that it needs there
 * @param debianPackage that has the program
 * @param script for bash, which stops at the first failure. {@code $FROM} and {@code $TO} are the homes on both hosts,
 *     {@code $RSYNC_RSH} reaches the other host as {@code source} or {@code target}, and {@code $SCRATCH} is a folder.
 */
record Peer(String name, Role runsOn, String program, String debianPackage, String script) {
    private static final String RSYNC = """
            rsync -aHAX --numeric-ids --delete "source:$FROM/" "$TO/"
            """;

    private static final String TAR = """
            $RSYNC_RSH source "tar -C '$FROM' --format=posix --numeric-owner --acls --xattrs --xattrs-include='*' -cf - ." |
                tar -C "$TO" --numeric-owner --same-owner --acls --xattrs --xattrs-include='*' -xpf -
            """;

    private static final String FPSYNC = """
            fpsync -n %d -t "$SCRATCH" -o "-lptgoDHAX --numeric-ids" "$FROM/" "target:$TO/"
            """;

    /** One connection, an rsync for each home, and one for what stands beside them. */
    private static final String POOL = """
            export RSYNC_RSH="$RSYNC_RSH -o ControlPath=$SCRATCH/master"
            $RSYNC_RSH -o ControlMaster=yes -fN source
            trap '$RSYNC_RSH -O exit source' EXIT
            $RSYNC_RSH source "find '$FROM' -mindepth 1 -maxdepth 1 -type d -printf '%f\\0'" |
                xargs -0 -P 4 -I{} rsync -aHAX --numeric-ids --delete "source:$FROM/{}/" "$TO/{}/"
            rsync -dlptgoDHAX --numeric-ids --delete "source:$FROM/" "$TO/"
            """;

    /** How this method is run; none for ours. */
    static Optional<Peer> of(Method method) {
        String title = method.title();
        return switch (method) {
            case OURS -> Optional.empty();
            case RSYNC -> Optional.of(new Peer(title, Role.TARGET, "rsync", "rsync", RSYNC));
            case FPSYNC4 -> Optional.of(new Peer(title, Role.SOURCE, "fpsync", "fpart", FPSYNC.formatted(4)));
            case FPSYNC8 -> Optional.of(new Peer(title, Role.SOURCE, "fpsync", "fpart", FPSYNC.formatted(8)));
            case TAR -> Optional.of(new Peer(title, Role.TARGET, "tar", "tar", TAR));
            case POOL -> Optional.of(new Peer(title, Role.TARGET, "rsync", "rsync", POOL));
        };
    }

    /** Why it cannot be run on this machine, if so. */
    Optional<String> missing() {
        return Programs.isInstalled(program)
                ? Optional.empty()
                : Optional.of("%s is not installed: apt-get install %s".formatted(program, debianPackage));
    }

    /** What is run, a line each. */
    List<String> lines() {
        return script.lines().toList();
    }
}
