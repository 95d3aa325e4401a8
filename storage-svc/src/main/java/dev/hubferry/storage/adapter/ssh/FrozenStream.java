package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.TreeEntry;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.io.IOException;
import java.util.Optional;

/** Joins the sorted outputs of scan.sh and attributes.sh, and the homes directory itself, to entries. */
final class FrozenStream implements EntryStream {
    private final ManifestScan scan;
    private final RemoteProcess attributes;
    private final AttributeRecords values;
    private final String label;
    private Optional<ManifestEntry> root;
    private Optional<ManifestEntry> ahead = Optional.empty();
    private boolean begun;

    /** @param root the homes directory itself */
    FrozenStream(ManifestScan scan, RemoteProcess attributes, ManifestEntry root, String label) {
        this.scan = scan;
        this.attributes = attributes;
        this.values = new AttributeRecords(attributes.stdout());
        this.root = Optional.of(root);
        this.label = label;
    }

    @Override
    public Optional<TreeEntry> next() throws InterruptedException {
        if (!begun) {
            begun = true;
            ahead = scan.next();
        }
        Optional<ManifestEntry> next = ahead;
        if (root.isPresent() && (ahead.isEmpty() || root.get().compareTo(ahead.get()) < 0)) {
            next = root;
            root = Optional.empty();
        } else if (ahead.isPresent()) {
            ahead = scan.next();
        }
        return next.isPresent() ? Optional.of(entry(next.get())) : end();
    }

    private TreeEntry entry(ManifestEntry entry) throws InterruptedException {
        try {
            return new TreeEntry(entry, values.of(entry.path()));
        } catch (IOException e) {
            throw attributes.lost(e);
        }
    }

    private Optional<TreeEntry> end() throws InterruptedException {
        values.expectEnd();
        HostResult result = attributes.await(new byte[0]);
        if (result.exit() != 0) {
            throw Refusal.of(
                    ErrorCode.SOURCE_UNREADABLE,
                    "the attributes of %s could not be read whole: %s"
                            .formatted(label, result.errors().strip()));
        }
        attributes.close();
        return Optional.empty();
    }
}
