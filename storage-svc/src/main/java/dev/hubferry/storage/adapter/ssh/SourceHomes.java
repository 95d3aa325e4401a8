package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.List;

/**
 * The homes that the source has now.
 *
 * @param root the homes directory itself
 * @param names of the homes, quota files left out; at least one
 */
record SourceHomes(ManifestEntry root, List<String> names) {
    SourceHomes {
        names = List.copyOf(names);
    }

    /** @throws Refusal HOMES_NOT_FOUND; SOURCE_EMPTY also when there are no homes */
    static SourceHomes list(RemoteShell source, HomesRef homes) throws InterruptedException {
        HostResult result = source.run(HostCommand.script("homes", homes.path()));
        if (result.exit() == RunDirectory.NOT_OPEN) {
            throw Refusal.of(
                    ErrorCode.HOMES_NOT_FOUND,
                    "%s is no directory: %s"
                            .formatted(homes.lockKey(), result.errors().strip()));
        }
        List<String> records = NulRecords.of(result.text());
        if (result.exit() != 0 || records.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.SOURCE_UNREADABLE,
                    "%s could not be listed: %s"
                            .formatted(homes.lockKey(), result.errors().strip()));
        }
        if (records.size() == 1) {
            throw Refusal.of(
                    ErrorCode.SOURCE_EMPTY,
                    homes.lockKey() + " is empty; nothing was changed on the target. Is it mounted?");
        }
        return new SourceHomes(ManifestEntry.parse(records.getFirst()), records.subList(1, records.size()));
    }

    /** @param live whether users are at work */
    ManifestScan scan(RemoteShell source, Route route, boolean live) throws InterruptedException {
        String scratch = SourcePlace.of(source, route).path();
        return ManifestScan.open(
                source,
                new ManifestScan.Place(route.source().lockKey(), route.source().path(), scratch, live),
                names);
    }
}
