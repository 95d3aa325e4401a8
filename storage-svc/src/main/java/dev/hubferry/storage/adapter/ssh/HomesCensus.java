package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Inspection.SourceFacts;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.manifest.Exclusions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Counts the source's homes. */
final class HomesCensus {
    private static final Duration DEADLINE = Duration.ofHours(1);
    private static final int BLOCK = 512;
    private static final long FIRST_USER = 1000;

    private final SshHosts hosts;

    HomesCensus(SshHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * @param exclusions what is counted apart, since it is not moved
     * @param askAttributes whether to find out if entries have extended attributes and ACLs, which takes time
     */
    SourceFacts count(HomesRef source, Exclusions exclusions, boolean askAttributes) throws InterruptedException {
        Tally tally = new Tally(exclusions);
        HostCommand census = HostCommand.script("census", source.path()).within(DEADLINE);
        try (LongJob job = hosts.longJob(source.storage());
                RemoteProcess process = job.shell(source.storage()).start(census)) {
            read(process, tally);
            HostResult result = process.await(new byte[0]);
            boolean onlyVanished = result.errors().lines().allMatch(line -> line.endsWith("No such file or directory"));
            if (result.exit() != 0 && !onlyVanished) {
                throw Refusal.of(
                        ErrorCode.SOURCE_UNREADABLE,
                        "not everything can be read: " + result.errors().strip());
            }
            Set<String> kinds = askAttributes
                    ? AttributeCensus.kinds(job.shell(source.storage()), source, exclusions, DEADLINE)
                    : Set.of();
            return tally.facts(SourceIdentity.of(hosts, source), kinds);
        }
    }

    private static void read(RemoteProcess process, Tally tally) throws InterruptedException {
        try {
            NulRecords records = new NulRecords(process.stdout());
            for (Optional<String> next = records.next(); next.isPresent(); next = records.next()) {
                tally.add(next.get());
            }
        } catch (IOException e) {
            throw process.lost(e);
        }
    }

    /** The sums over the records of census.sh. */
    private static final class Tally {
        private final Set<String> names = new TreeSet<>();
        private final List<String> quotaFiles = new ArrayList<>();
        private final Set<String> sharing = new TreeSet<>();
        private final Map<String, String> linked = new HashMap<>();
        private long directories;
        private long ownedByUsers;
        private long ownedByHubUser;
        private long entries;
        private long bytes;
        private long blocks;
        private final Exclusions.Sieve sieve;
        private final Set<String> excludedInodes = new HashSet<>();
        private long excludedEntries;
        private long excludedBytes;

        Tally(Exclusions exclusions) {
            this.sieve = exclusions.sieve();
        }

        void add(String record) {
            int separator = record.indexOf("//");
            String path = record.substring(2, separator);
            String[] fields = record.substring(separator + 2).split(" ", -1);
            if (Marks.QUOTA_FILES.contains(path)) {
                quotaFiles.add(path);
                return;
            }
            if (sieve.holds("./" + path)) {
                exclude(fields);
                return;
            }
            entries++;
            boolean isDirectory = fields[0].equals("d");
            if (path.indexOf('/') < 0) {
                names.add(path);
                owner(isDirectory, Long.parseLong(fields[1]));
            }
            weigh(homeOf(path), isDirectory, fields);
        }

        private void exclude(String[] fields) {
            excludedEntries++;
            boolean first = Long.parseLong(fields[6]) == 1 || excludedInodes.add(fields[5]);
            excludedBytes += first && fields[0].equals("f") ? Long.parseLong(fields[3]) : 0;
        }

        private static String homeOf(String path) {
            int slash = path.indexOf('/');
            return slash < 0 ? path : path.substring(0, slash);
        }

        private void owner(boolean isDirectory, long uid) {
            if (isDirectory) {
                directories++;
                ownedByUsers += uid >= FIRST_USER ? 1 : 0;
                ownedByHubUser += uid == FIRST_USER ? 1 : 0;
            }
        }

        private void weigh(String home, boolean isDirectory, String[] fields) {
            if (!isDirectory && Long.parseLong(fields[6]) > 1) {
                String first = linked.putIfAbsent(fields[5], home);
                if (first != null) {
                    if (!first.equals(home)) {
                        sharing.addAll(List.of(first, home));
                    }
                    return;
                }
            }
            bytes += fields[0].equals("f") ? Long.parseLong(fields[3]) : 0;
            blocks += Long.parseLong(fields[4]);
        }

        SourceFacts facts(String identity, Set<String> kinds) {
            return new SourceFacts(
                    identity,
                    List.copyOf(names),
                    directories,
                    ownedByUsers,
                    ownedByHubUser,
                    entries,
                    bytes,
                    blocks * BLOCK,
                    List.copyOf(sharing),
                    quotaFiles,
                    kinds.contains(AttributeCensus.ATTRIBUTES),
                    kinds.contains(AttributeCensus.ACLS) || kinds.contains(AttributeCensus.NAMED_ACLS),
                    kinds.contains(AttributeCensus.NAMED_ACLS),
                    excludedEntries,
                    excludedBytes);
        }
    }
}
