package dev.hubferry.storage.domain;

import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Transport;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of both sides.
 *
 * @param problems of hosts and tools
 * @param source empty when a problem kept it from being looked at
 * @param target empty when a problem kept it from being looked at
 * @param withoutRsync the hosts on which there is no rsync that will do, in words; when there are any, tar carries the homes
 */
public record Inspection(
        List<Problem> problems, Optional<SourceFacts> source, Optional<TargetFacts> target, List<String> withoutRsync) {
    public Inspection {
        problems = List.copyOf(problems);
        withoutRsync = List.copyOf(withoutRsync);
    }

    public Transport transport() {
        return withoutRsync.isEmpty() ? Transport.RSYNC : Transport.TAR;
    }

    /**
     * The homes to move.
     *
     * @param identity which tree this is, in the words of an ownership marker
     * @param names names of the entries of the directory, quota files excepted, as {@link PathText} keeps them
     * @param directories how many of them are directories
     * @param ownedByUsers how many of the directories belong to an account of 1000 or above
     * @param ownedByHubUser how many of the directories belong to 1000:1000 or 1000 with another group
     * @param entries files, directories, links and special files below the directory
     * @param bytes sum of file sizes, hard links counted once
     * @param diskBytes what they take on the source's disk
     * @param linkedAcrossHomes homes that share hard-linked files with another home
     * @param quotaFiles names of quota state files, which are not moved
     * @param usesAttributes whether entries have extended attributes
     * @param usesAcls whether entries have ACLs
     * @param namesInAcls whether ACLs have users or groups by number
     * @param excludedEntries what else is below the directory, but not moved
     * @param excludedBytes sum of file sizes of that, hard links counted once
     */
    public record SourceFacts(
            String identity,
            List<String> names,
            long directories,
            long ownedByUsers,
            long ownedByHubUser,
            long entries,
            long bytes,
            long diskBytes,
            List<String> linkedAcrossHomes,
            List<String> quotaFiles,
            boolean usesAttributes,
            boolean usesAcls,
            boolean namesInAcls,
            long excludedEntries,
            long excludedBytes) {}

    /**
     * The place where they go.
     *
     * @param fileSystem its type as {@code stat -f} names it
     * @param freeBytes available for homes
     * @param freeInodes available, or {@link Long#MAX_VALUE} where the file system has no fixed number
     * @param names names of the entries that stand in the target directory
     * @param markers homes there that migrations have made
     * @param supportsAttributes whether extended attributes can be kept
     * @param supportsAcls whether ACLs can be kept
     */
    public record TargetFacts(
            String fileSystem,
            long freeBytes,
            long freeInodes,
            List<String> names,
            List<Marker> markers,
            boolean supportsAttributes,
            boolean supportsAcls) {}

    /**
     * Homes on the target that one migration has made.
     *
     * @param migration which made them
     * @param source the identity of the tree they came from
     * @param names of the homes
     */
    public record Marker(String migration, String source, List<String> names) {}
}
