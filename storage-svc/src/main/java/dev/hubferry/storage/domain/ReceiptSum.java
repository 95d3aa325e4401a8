package dev.hubferry.storage.domain;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.UserReceipt;
import dev.hubferry.contracts.UserReceipts;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Sums up equal entries, home by home, in their order. */
final class ReceiptSum {
    private final long hashesReused;
    private final long hashesMade;
    private final List<UserReceipt> users = new ArrayList<>();
    private final MessageDigest root = sha256();
    private final MessageDigest digest = sha256();
    private String home = "";
    private long homeEntries;
    private long homeFiles;
    private long homeBytes;
    private long entries;
    private long files;
    private long bytes;

    ReceiptSum(long hashesReused, long hashesMade) {
        this.hashesReused = hashesReused;
        this.hashesMade = hashesMade;
    }

    /**
     * @param leader the first path of the entry's hard-link group
     * @param content of the leader; empty for all others
     */
    void add(TreeEntry tree, String leader, String content) {
        if (tree.isRoot()) {
            return;
        }
        ManifestEntry entry = tree.entry();
        String name = entry.home();
        if (!name.equals(home)) {
            endHome();
            home = name;
        }
        digest.update(canonical(tree, leader, content).getBytes(StandardCharsets.ISO_8859_1));
        homeEntries++;
        if (entry.isFile()) {
            homeFiles++;
            homeBytes += leader.equals(entry.path()) ? entry.size() : 0;
        }
    }

    long entries() {
        return entries + homeEntries;
    }

    /**
     * The proof; nothing may be added afterwards.
     *
     * @param options see {@link Receipt#options}
     */
    Receipt receipt(Optional<HomesOptions> options) {
        endHome();
        return new Receipt(
                users.size(),
                entries,
                bytes,
                files,
                HexFormat.of().formatHex(root.digest()),
                OptionalLong.of(hashesReused),
                OptionalLong.of(hashesMade),
                Optional.of(UserReceipts.pack(users)),
                options);
    }

    private void endHome() {
        if (homeEntries == 0) {
            return;
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        root.update((home + "\0" + hash + "\0").getBytes(StandardCharsets.ISO_8859_1));
        users.add(new UserReceipt(PathText.show(home), homeEntries, homeFiles, homeBytes, hash));
        entries += homeEntries;
        files += homeFiles;
        bytes += homeBytes;
        homeEntries = 0;
        homeFiles = 0;
        homeBytes = 0;
    }

    private static String canonical(TreeEntry tree, String leader, String content) {
        ManifestEntry e = tree.entry();
        return String.join(
                        "\0",
                        e.path(),
                        String.valueOf(e.type()),
                        e.mode(),
                        e.uid() + ":" + e.gid(),
                        String.valueOf(e.size()),
                        e.mtime(),
                        e.linkTarget(),
                        leader,
                        content,
                        tree.attributes())
                + "\0\0";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
