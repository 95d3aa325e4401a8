package dev.hubferry.sandbox.homes;

import java.util.List;

/**
 * How large the homes of a hub are to be.
 *
 * @param directories one home directory per user, as the hub renders it; the first is the whale with about half of all
 * @param files the tree holds at least so many entries
 * @param megabytes the files hold about so many million bytes
 * @param seed equal seeds make equal trees
 */
public record HomesSpec(List<String> directories, int files, int megabytes, long seed) {
    public HomesSpec {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("homes need at least one user");
        }
        if (files < 0 || megabytes < 0) {
            throw new IllegalArgumentException("files and megabytes must not be negative: " + files + ", " + megabytes);
        }
        directories = List.copyOf(directories);
    }
}
