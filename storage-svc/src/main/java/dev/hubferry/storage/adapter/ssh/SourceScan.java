package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.HomeBatches;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a pass has to know of the source, gathered while the list of its entries goes by; see scan.sh for the list. */
final class SourceScan {
    private final BigDecimal suspectFrom;
    private final HomeBatches batches = new HomeBatches();
    private final Set<String> names = new TreeSet<>();
    private final List<String> suspects = new ArrayList<>();
    private final Map<String, String> linked = new HashMap<>();
    private long entries;
    private long files;
    private long bytes;

    /** @param suspectFrom files with a ctime from here on (seconds, on the source's clock) are suspected of an unseen change */
    SourceScan(BigDecimal suspectFrom) {
        this.suspectFrom = suspectFrom;
    }

    void add(String record) {
        int separator = record.indexOf("//");
        String path = record.substring(0, separator);
        String[] fields = record.substring(separator + 2).split(" ", -1);
        boolean isFile = fields[0].equals("f");
        boolean isDirectory = fields[0].equals("d");
        String home = homeOf(path);
        names.add(home);
        entries++;
        long size = isFile ? Long.parseLong(fields[4]) : 0;
        if (!isDirectory && Long.parseLong(fields[3]) > 1) {
            String first = linked.putIfAbsent(fields[2], home);
            if (first != null) {
                size = 0;
                batches.join(home, first);
            }
        }
        batches.add(home, size);
        if (isFile) {
            files++;
            bytes += size;
            if (new BigDecimal(fields[1]).compareTo(suspectFrom) >= 0) {
                suspects.add(path);
            }
        }
    }

    /** The first component of a path that begins with {@code ./}. */
    static String homeOf(String path) {
        int slash = path.indexOf('/', 2);
        return slash < 0 ? path.substring(2) : path.substring(2, slash);
    }

    Set<String> names() {
        return names;
    }

    List<String> suspects() {
        return suspects;
    }

    HomeBatches batches() {
        return batches;
    }

    long entries() {
        return entries;
    }

    long files() {
        return files;
    }

    /** Hard links counted once. */
    long bytes() {
        return bytes;
    }
}
