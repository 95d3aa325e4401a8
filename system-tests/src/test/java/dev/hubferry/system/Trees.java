package dev.hubferry.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Describes a tree of homes by means of its own, so that the product's idea of equality is not taken for granted. */
public final class Trees {
    /** Names, types, modes, owners, sizes, times, link targets and link counts, then contents, then extended attributes. */
    private static final String DESCRIBE = """
            cd "$1" || exit 1
            export LC_ALL=C
            {
                find . ! -type d -printf '%P//%y %m %U:%G %s %T@ %n %l\\0' -o -printf '%P//%y %m %U:%G %T@\\0' | sort -z
                find . -type f -print0 | sort -z | xargs -0 -r sha256sum -z
                find . ! -type l -print0 | sort -z | xargs -0 -r getfattr -h -d -m - -e hex --absolute-names 2>/dev/null
            } | sha256sum | cut -d ' ' -f 1
            """;

    private Trees() {}

    /** A hash of everything that makes a home what it is; equal trees have equal ones. */
    public static String fingerprint(Path root) throws IOException, InterruptedException {
        return run(DESCRIBE, root).strip();
    }

    /** How many entries are below the root. */
    static long entries(Path root) throws IOException, InterruptedException {
        return Long.parseLong(
                run("find \"$1\" -mindepth 1 -printf x | wc -c", root).strip());
    }

    /** Files that both trees hold as one and the same file, such as a hard link would make it, as device and inode. */
    static List<String> shared(Path one, Path other) throws IOException, InterruptedException {
        Set<String> files = new TreeSet<>(inodes(one));
        files.retainAll(inodes(other));
        return List.copyOf(files);
    }

    private static List<String> inodes(Path root) throws IOException, InterruptedException {
        List<String> inodes =
                run("find \"$1\" -printf '%D:%i\\n'", root).lines().toList();
        if (inodes.size() < 2) {
            throw new IOException(root + " is empty");
        }
        return inodes;
    }

    private static String run(String script, Path root) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of("bash", "-c", script, "trees", root.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("could not describe " + root + ": " + text);
            }
            return text;
        }
    }
}
