package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.PathText;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.List;
import java.util.Optional;

/**
 * Which homes on the target are a migration's.
 *
 * @param root the target's homes directory itself; empty when there is none
 * @param foreign names that are not this migration's
 * @param standing homes of this migration that are there
 * @param gone those of them that the source no longer has
 * @param trusted whether what they hold was copied by this route
 */
record HomesOwnership(
        Optional<ManifestEntry> root, List<String> foreign, List<String> standing, List<String> gone, boolean trusted) {
    private static final int NAMED = 20;
    private static final int CLASH = 67;

    /**
     * Marks homes of the source as this migration's, before they are made.
     *
     * @throws Refusal HOMES_EXIST_ON_TARGET; SOURCE_EMPTY when most homes are gone before the final pass
     */
    @Failpoint("storage.pass.own")
    static HomesOwnership claim(
            Route route, PassOrder order, RunDirectory directory, String identity, SourceHomes homes)
            throws InterruptedException {
        TargetPlaces places = TargetPlaces.of(route);
        byte[] names = RunDirectory.nulSeparated(homes.names(), "");
        HostCommand command = directory.fenced(
                "own",
                places.marks(),
                route.migration().value(),
                places.homes(),
                identity,
                order.existing() == ExistingHomes.ADOPT_OWN ? "yes" : "no",
                String.valueOf(names.length));
        HostResult result = directory.shell().run(command, names);
        List<String> records = NulRecords.of(result.text());
        if (result.exit() == CLASH) {
            throw Refusal.of(
                    ErrorCode.HOMES_EXIST_ON_TARGET,
                    "these stand on %s and were not made by this migration: %s"
                            .formatted(route.target().lockKey(), PathText.show(tagged(records, 'C'), NAMED)));
        }
        if (result.exit() != 0) {
            throw RunDirectory.failure(directory.shell(), result);
        }
        HomesOwnership ownership = new HomesOwnership(
                tagged(records, 'R').stream().findFirst().map(ManifestEntry::parse),
                tagged(records, 'F'),
                tagged(records, 'H'),
                tagged(records, 'G'),
                tagged(records, 'A').isEmpty());
        ownership.requireMostOnSource(route, order.kind(), homes);
        return ownership;
    }

    private void requireMostOnSource(Route route, Kind kind, SourceHomes homes) {
        if (kind == Kind.FINAL && gone.size() > homes.names().size()) {
            throw Refusal.of(
                    ErrorCode.SOURCE_EMPTY,
                    "%d of %d homes that an earlier pass has seen are gone from %s; nothing was changed on the target. Is everything mounted?"
                            .formatted(
                                    gone.size(),
                                    gone.size() + homes.names().size(),
                                    route.source().lockKey()));
        }
    }

    private static List<String> tagged(List<String> records, char tag) {
        return records.stream()
                .filter(record -> record.charAt(0) == tag)
                .map(record -> record.substring(1))
                .toList();
    }
}
