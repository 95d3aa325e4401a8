package dev.hubferry.contracts;

/**
 * What a receipt says of one home.
 *
 * @param user the name of the home directory; bytes that are not UTF-8, and control characters, as {@code \xNN}
 * @param entries files, directories, links and special files, the home itself included
 * @param files how many of them are files
 * @param bytes the sum of their sizes; a file that is hard-linked into several homes counts in the first
 * @param rootHash lower-case hex SHA-256 over the sorted list of the home's entries with their attributes and content hashes
 */
public record UserReceipt(String user, long entries, long files, long bytes, String rootHash) {
    public UserReceipt {
        Require.present(user, "user");
        Require.notNegative(entries, "entries");
        Require.notNegative(files, "files");
        Require.notNegative(bytes, "bytes");
        Require.text(rootHash, "rootHash");
    }
}
