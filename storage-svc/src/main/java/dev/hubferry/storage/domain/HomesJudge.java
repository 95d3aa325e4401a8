package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Transport;
import dev.hubferry.storage.domain.Inspection.Marker;
import dev.hubferry.storage.domain.Inspection.SourceFacts;
import dev.hubferry.storage.domain.Inspection.TargetFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges what was seen of the homes and of the place where they go. */
final class HomesJudge {
    /** Room beyond what the source takes: directories and small files take more on some file systems than on others. */
    private static final double MARGIN = 1.05;

    private static final int NAMED = 20;
    private static final String KEPT_NOWHERE = "which the target's file system cannot keep";
    private static final String OTHER_FILE_SYSTEM = "mount the file system with support for them, or choose another";
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final HomesRef source;
    private final HomesRef target;
    private final HomesOptions options;
    private final List<Problem> problems;
    private final List<Notice> notices;

    HomesJudge(HomesRef source, HomesRef target, HomesOptions options, List<Problem> problems, List<Notice> notices) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.problems = problems;
        this.notices = notices;
    }

    void source(SourceFacts homes) {
        if (homes.names().isEmpty()) {
            problem(
                    ErrorCode.SOURCE_EMPTY,
                    source,
                    "the directory is empty",
                    "check the path, and that the file system is mounted there");
            return;
        }
        if (homes.directories() == 0 || homes.ownedByUsers() * 2 < homes.directories()) {
            problem(
                    ErrorCode.HOMES_LAYOUT_UNKNOWN,
                    source,
                    "of %d directories %d belong to users (an account of 1000 or above), so these are not homes of a hub"
                            .formatted(homes.directories(), homes.ownedByUsers()),
                    "give the directory that holds one directory for each user");
        } else if (options.ownership().isPresent()) {
            notice(
                    source,
                    "everything belongs to %s on the target, the homes directory included, as homes.ownership says"
                            .formatted(options.ownership().get()));
        } else if (homes.ownedByHubUser() * 2 < homes.directories()) {
            notice(
                    source,
                    "only %d of %d homes belong to account 1000, which is what users of a hub run as; owners are kept as they are"
                            .formatted(homes.ownedByHubUser(), homes.directories()));
        }
        if (!homes.quotaFiles().isEmpty()) {
            notice(source, "quota state stays behind: " + PathText.show(homes.quotaFiles(), NAMED));
        }
        if (homes.excludedEntries() > 0) {
            notice(
                    source,
                    "%s entries with %s bytes of content stay behind, as homes.exclude says"
                            .formatted(number(homes.excludedEntries()), number(homes.excludedBytes())));
        }
        if (!homes.linkedAcrossHomes().isEmpty()) {
            notice(
                    source,
                    "homes that share hard-linked files are copied together: "
                            + PathText.show(homes.linkedAcrossHomes(), NAMED));
        }
    }

    void target(TargetFacts place) {
        if (IN_MEMORY.contains(place.fileSystem())) {
            notice(target, "the file system is a " + place.fileSystem() + ", which is lost when the server restarts");
        }
    }

    void transport(Inspection seen) {
        if (seen.transport() == Transport.TAR) {
            notice(
                    target,
                    "there is no rsync 3.1.3 on %s, so tar streams carry the homes: a file that has changed is sent whole, and what was on its way when a connection is lost is sent again"
                            .formatted(String.join(" and ", seen.withoutRsync())));
        }
    }

    void both(SourceFacts homes, TargetFacts place, ExistingHomes existing) {
        Set<String> adoptable = adoptable(homes, place, existing);
        List<String> standing =
                place.names().stream().filter(homes.names()::contains).toList();
        List<String> conflicts =
                standing.stream().filter(name -> !adoptable.contains(name)).toList();
        if (!conflicts.isEmpty()) {
            conflict(conflicts, existing);
        }
        if (standing.isEmpty()) {
            room(homes, place);
        } else {
            notice(target, standing.size() + " homes stand there already, so the room was not checked");
        }
        strangers(homes, place, adoptable);
        attributes(homes, place);
    }

    private static Set<String> adoptable(SourceFacts homes, TargetFacts place, ExistingHomes existing) {
        return switch (existing) {
            case REFUSE -> Set.of();
            case ADOPT_OWN -> {
                Set<String> names = new HashSet<>();
                place.markers().stream()
                        .filter(marker -> marker.source().equals(homes.identity()))
                        .map(Marker::names)
                        .forEach(names::addAll);
                yield names;
            }
        };
    }

    private void conflict(List<String> conflicts, ExistingHomes existing) {
        String remedy = switch (existing) {
            case REFUSE ->
                "move them away; or, when an earlier migration from this source left them, set homes.existing to ADOPT_OWN";
            case ADOPT_OWN -> "move them away: no migration from this source has made them";
        };
        problem(
                ErrorCode.HOMES_EXIST_ON_TARGET,
                target,
                "%d homes stand on the target already: %s".formatted(conflicts.size(), PathText.show(conflicts, NAMED)),
                remedy);
    }

    private void room(SourceFacts homes, TargetFacts place) {
        long bytes = (long) (homes.diskBytes() * MARGIN);
        long inodes = (long) (homes.entries() * MARGIN);
        if (place.freeBytes() < bytes) {
            problem(
                    ErrorCode.TARGET_FULL,
                    target,
                    "needs %s bytes, but %s are free".formatted(number(bytes), number(place.freeBytes())),
                    "enlarge the file system, or make room");
        }
        if (place.freeInodes() < inodes) {
            problem(
                    ErrorCode.TARGET_FULL,
                    target,
                    "needs %s inodes, but %s are free".formatted(number(inodes), number(place.freeInodes())),
                    "use a file system with more inodes, or make room");
        }
    }

    private void strangers(SourceFacts homes, TargetFacts place, Set<String> adoptable) {
        List<String> strangers = place.names().stream()
                .filter(name -> !homes.names().contains(name) && !adoptable.contains(name))
                .toList();
        if (!strangers.isEmpty()) {
            notice(
                    target,
                    "these stand there, are not on the source, and are left alone: " + PathText.show(strangers, NAMED));
        }
    }

    private void attributes(SourceFacts homes, TargetFacts place) {
        if (homes.usesAttributes() && !place.supportsAttributes()) {
            lost("extended attributes", KEPT_NOWHERE, HomesConsent.LOSE_ATTRIBUTES, OTHER_FILE_SYSTEM);
        }
        if (homes.usesAcls() && !place.supportsAcls()) {
            lost("ACLs", KEPT_NOWHERE, HomesConsent.LOSE_ACLS, OTHER_FILE_SYSTEM);
        } else if (homes.namesInAcls() && options.ownership().isPresent()) {
            lost(
                    "ACLs with users or groups other than a file's own",
                    "which mean nothing when everything has one owner",
                    HomesConsent.LOSE_ACLS,
                    "leave homes.ownership out");
        }
    }

    private void lost(String what, String why, HomesConsent consent, String remedy) {
        String detail = "homes have %s, %s".formatted(what, why);
        if (!options.consents().contains(consent)) {
            problem(
                    ErrorCode.ATTRIBUTES_UNSUPPORTED,
                    target,
                    detail,
                    "%s; or accept the loss with %s in homes.consents".formatted(remedy, consent));
            return;
        }
        String effect = switch (consent) {
            case LOSE_ATTRIBUTES -> "extended attributes are lost";
            case LOSE_ACLS -> "ACLs are lost, and where a file had one its group has the rights of the ACL's mask";
        };
        notice(target, "%s: %s, as %s accepts; the receipt does not compare them".formatted(detail, effect, consent));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void problem(ErrorCode code, HomesRef where, String detail, String remedy) {
        problems.add(new Problem(code, where.lockKey(), detail, remedy));
    }

    private void notice(HomesRef where, String text) {
        notices.add(new Notice(where.lockKey(), text));
    }
}
