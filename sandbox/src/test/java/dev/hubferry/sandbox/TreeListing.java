package dev.hubferry.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What GNU find and sha256sum say about a tree; bytes as ISO-8859-1, so that no name is lost. */
public final class TreeListing {
    private TreeListing() {}

    /** One line per entry, sorted: path, type, mode, uid, gid, size, mtime, links, link target; then content hashes. */
    public static List<String> of(Path root) throws IOException, InterruptedException {
        String script = """
                cd "$1"
                find . -mindepth 1 \\( -type d -printf '%P|d|%m|%U|%G|%T@\\0' -o -printf '%P|%y|%m|%U|%G|%s|%T@|%n|%l\\0' \\) | sort -z
                find . -type f -print0 | sort -z | xargs -0 sha256sum -z
                getfattr -R -d -m - -e hex --no-dereference . 2>/dev/null
                """;
        Process process = new ProcessBuilder("/bin/sh", "-c", script, "sh", root.toString()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (process.waitFor() != 0) {
            throw new IOException("listing failed: "
                    + new String(process.getErrorStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        return List.of(text.split("\0", -1));
    }
}
