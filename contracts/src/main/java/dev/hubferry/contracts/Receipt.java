package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The proof that two trees of homes are equal: every entry's metadata and every file's content were compared.
 *
 * @param users home directories, shared ones included
 * @param entries files, directories, links and special files
 * @param bytes the sum of the sizes of all files, hard links counted once
 * @param filesHashed files whose content was hashed on both sides
 * @param rootHash lower-case hex SHA-256 over the names of the homes and their root hashes, each with a NUL behind it, sorted by name
 * @param hashesReused files, hard links counted once, that were hashed before and had not changed since, on both sides; none in receipts of
 *     earlier versions
 * @param hashesMade files, hard links counted once, that were hashed for the receipt; none in receipts of earlier versions
 * @param perUser the same, home by home; none in receipts of earlier versions
 * @param options in what the trees need not be equal: what was left out, whose all is on the target, and which of the losses that were
 *     accepted there are; empty when they are equal in everything
 */
public record Receipt(
        long users,
        long entries,
        long bytes,
        long filesHashed,
        String rootHash,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalLong hashesReused,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalLong hashesMade,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<UserReceipts> perUser,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOptions> options) {
    public Receipt {
        Require.notNegative(users, "users");
        Require.notNegative(entries, "entries");
        Require.notNegative(bytes, "bytes");
        Require.notNegative(filesHashed, "filesHashed");
        Require.text(rootHash, "rootHash");
        hashesReused = notNegative(hashesReused, "hashesReused");
        hashesMade = notNegative(hashesMade, "hashesMade");
        perUser = perUser == null ? Optional.empty() : perUser;
        options = options == null ? Optional.empty() : options;
    }

    /** Of trees that are equal in everything. */
    public Receipt(
            long users,
            long entries,
            long bytes,
            long filesHashed,
            String rootHash,
            OptionalLong hashesReused,
            OptionalLong hashesMade,
            Optional<UserReceipts> perUser) {
        this(users, entries, bytes, filesHashed, rootHash, hashesReused, hashesMade, perUser, Optional.empty());
    }

    /** As earlier versions have it. */
    public Receipt(long users, long entries, long bytes, long filesHashed, String rootHash) {
        this(
                users,
                entries,
                bytes,
                filesHashed,
                rootHash,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    /** Jackson hands null to a record for a missing property. */
    private static OptionalLong notNegative(@Nullable OptionalLong value, String component) {
        if (value == null) {
            return OptionalLong.empty();
        }
        value.ifPresent(number -> Require.notNegative(number, component));
        return value;
    }
}
