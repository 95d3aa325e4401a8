package dev.hubferry.contracts;

/**
 * The proof that two trees of homes are equal: every entry's metadata and every file's content were compared.
 *
 * @param users home directories, shared ones included
 * @param entries files, directories, links and special files
 * @param bytes the sum of the sizes of all files, hard links counted once
 * @param filesHashed files whose content was hashed on both sides
 * @param rootHash lower-case hex SHA-256 over the sorted list of all entries with their attributes and content hashes
 */
public record Receipt(long users, long entries, long bytes, long filesHashed, String rootHash) {
    public Receipt {
        Require.notNegative(users, "users");
        Require.notNegative(entries, "entries");
        Require.notNegative(bytes, "bytes");
        Require.notNegative(filesHashed, "filesHashed");
        Require.text(rootHash, "rootHash");
    }
}
