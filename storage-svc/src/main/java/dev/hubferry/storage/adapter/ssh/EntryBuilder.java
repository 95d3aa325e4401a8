package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.TreeEntry;

/** Puts the records of tree.sh about one path together. */
final class EntryBuilder {
    private static final int FIELDS = 8;

    private final String path;
    private String[] fields = new String[0];
    private String linkTarget = "";
    private String content = "";

    EntryBuilder(String path) {
        this.path = path;
    }

    /** @param record what stands behind {@code PATH//} */
    void add(String record) {
        String rest = record.substring(1);
        switch (record.charAt(0)) {
            case '0' -> {
                int separator = rest.indexOf("//");
                fields = rest.substring(0, separator).split(" ", -1);
                linkTarget = rest.substring(separator + 2);
            }
            case '1', '2' -> content = rest;
            default -> throw new IllegalStateException("unknown record of " + path + ": " + record);
        }
    }

    TreeEntry build(String attributes) {
        if (fields.length != FIELDS) {
            throw new IllegalStateException("no attributes of " + path);
        }
        char type = fields[0].charAt(0);
        if (type == 'f' && content.isEmpty()) {
            throw new IllegalStateException("no hash of " + path);
        }
        return new TreeEntry(
                path,
                type,
                fields[1],
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                type == 'f' ? Long.parseLong(fields[4]) : 0,
                fields[5],
                fields[6],
                Long.parseLong(fields[7]),
                linkTarget,
                content,
                attributes);
    }
}
