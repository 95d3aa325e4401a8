package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What facts.sh says about a host.
 *
 * @param machine the same for all hosts that are the same machine
 * @param tools programs that are there
 * @param features of tools that not every version has
 * @param find the first line of its version
 * @param rsync the first line of its version; empty when there is none
 * @param tar the first line of its version; empty when there is none
 * @param directories that were asked about, in that order
 */
record HostFacts(
        String machine,
        Set<String> tools,
        Set<String> features,
        String find,
        String rsync,
        String tar,
        List<Directory> directories) {
    private static final List<String> BOTH = List.of(
            "find", "xargs", "sort", "comm", "sed", "grep", "cut", "stat", "sha256sum", "flock", "getfattr", "sync");

    static final List<String> SOURCE_TOOLS = BOTH;
    static final List<String> TARGET_TOOLS = Stream.concat(
                    BOTH.stream(), Stream.of("setsid", "nohup", "ssh", "ssh-keygen", "tail"))
            .toList();

    private static final Pattern RSYNC_VERSION = Pattern.compile("version v?(\\d+)\\.(\\d+)\\.(\\d+)");

    /** The first version that compares mtimes to the nanosecond. */
    private static final int[] RSYNC_NEEDED = {3, 1, 3};

    private static final Pattern TAR_VERSION = Pattern.compile("\\(GNU tar\\) (\\d+)\\.(\\d+)");

    /** The first version that takes names from a list as they are. */
    private static final int[] TAR_NEEDED = {1, 29};

    /**
     * A directory on a host.
     *
     * @param realPath with all links resolved
     * @param freeInodes {@link Long#MAX_VALUE} where there is no fixed number
     * @param device the number of its file system
     */
    record Directory(
            String realPath,
            boolean exists,
            boolean readable,
            boolean writable,
            String fileSystem,
            long freeBytes,
            long freeInodes,
            String device,
            boolean keepsAttributes,
            boolean keepsAcls) {}

    static HostFacts parse(String text) {
        Set<String> tools = new HashSet<>();
        Set<String> features = new HashSet<>();
        String machine = "";
        String find = "";
        String rsync = "";
        String tar = "";
        List<List<String>> directories = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "machine" -> machine = rest;
                case "tool" -> tools.add(rest);
                case "feature" -> features.add(rest);
                case "find" -> find = rest;
                case "rsync" -> rsync = rest;
                case "tar" -> tar = rest;
                case "directory" -> directories.add(new ArrayList<>());
                default -> {
                    if (!directories.isEmpty()) {
                        directories.getLast().add(line);
                    }
                }
            }
        }
        return new HostFacts(
                machine,
                tools,
                features,
                find,
                rsync,
                tar,
                directories.stream().map(HostFacts::directory).toList());
    }

    /** What keeps the host from being used. */
    List<Problem> missing(String host, List<String> needed) {
        List<Problem> problems = new ArrayList<>();
        List<String> absent =
                needed.stream().filter(tool -> !tools.contains(tool)).toList();
        if (!absent.isEmpty()) {
            problems.add(problem(
                    host,
                    "missing: " + String.join(", ", absent),
                    "install them (packages coreutils, findutils, util-linux, openssh-client, attr)"));
        }
        if (tools.contains("find") && !find.contains("GNU findutils")) {
            problems.add(problem(
                    host,
                    "find is not GNU find but '%s', which does not tell times and inodes (-printf)".formatted(find),
                    "install findutils; BusyBox hosts cannot be used"));
        }
        for (String tool : List.of("comm", "sort", "sed", "sha256sum")) {
            if (tools.contains(tool) && !features.contains(tool)) {
                problems.add(problem(
                        host,
                        tool + " does not take NUL-separated lists (-z)",
                        "install GNU coreutils 8.25 and GNU sed 4.2.2 or later"));
            }
        }
        if (!hasRsync() && !hasTar()) {
            problems.add(
                    problem(host, carriers(), "install rsync 3.1.3 or later, or GNU tar 1.29 or later, on both hosts"));
        }
        return problems;
    }

    /** Whether the last directory of one host and the last of another are one, or one is inside the other. */
    boolean overlaps(HostFacts other) {
        String mine = directories.getLast().realPath() + "/";
        String theirs = other.directories.getLast().realPath() + "/";
        return machine.equals(other.machine) && (mine.startsWith(theirs) || theirs.startsWith(mine));
    }

    /** Whether it has an rsync that compares times to the nanosecond. */
    boolean hasRsync() {
        return tools.contains("rsync") && isAtLeast(RSYNC_VERSION.matcher(rsync), RSYNC_NEEDED);
    }

    /** Whether it has a tar that keeps everything a home may hold. */
    boolean hasTar() {
        return features.contains("tar") && isAtLeast(TAR_VERSION.matcher(tar), TAR_NEEDED);
    }

    /** What it has of both, in words. */
    String carriers() {
        return "rsync is %s (3.1.3 is needed), tar is %s (GNU tar 1.29 with extended attributes is needed)"
                .formatted(shown(rsync), shown(tar));
    }

    private static String shown(String version) {
        return version.isEmpty() ? "missing" : "'" + version + "'";
    }

    private static boolean isAtLeast(Matcher version, int[] needed) {
        if (!version.find()) {
            return false;
        }
        for (int i = 0; i < needed.length; i++) {
            int part = Integer.parseInt(version.group(i + 1));
            if (part != needed[i]) {
                return part > needed[i];
            }
        }
        return true;
    }

    private static Problem problem(String host, String detail, String remedy) {
        return new Problem(ErrorCode.TOOL_MISSING, host, detail, remedy);
    }

    private static Directory directory(List<String> lines) {
        String[] room = words(lines, "room", "room 0 0 0 0 none");
        boolean fixedInodes = !room[4].equals("0");
        return new Directory(
                lines.stream()
                        .filter(line -> line.startsWith("real "))
                        .map(line -> line.substring("real ".length()))
                        .findFirst()
                        .orElse(""),
                lines.contains("exists"),
                lines.contains("readable"),
                lines.contains("writable"),
                room[5],
                Long.parseLong(room[1]) * Long.parseLong(room[2]),
                fixedInodes ? Long.parseLong(room[3]) : Long.MAX_VALUE,
                words(lines, "device", "device none")[1],
                lines.contains("keeps user.hubferry"),
                lines.contains("keeps system.posix_acl_access"));
    }

    private static String[] words(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .orElse(otherwise)
                .split(" ", -1);
    }
}
