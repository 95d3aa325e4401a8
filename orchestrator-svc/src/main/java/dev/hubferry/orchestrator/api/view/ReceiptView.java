package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.UserReceipt;
import dev.hubferry.contracts.UserReceipts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A receipt as its users get it.
 *
 * @param migration its id
 * @param source the homes that were read
 * @param target the homes that were equal to them
 * @param verifiedAt when that was shown
 * @param users home directories, shared ones included
 * @param entries files, directories, links and special files
 * @param files how many of them are files; the content of each was compared by hashes made on both sides
 * @param bytes the sum of their sizes, hard links counted once
 * @param hashesReused files, hard links counted once, that were hashed before and had not changed since; left out by earlier versions
 * @param hashesMade files, hard links counted once, that were hashed for the receipt; left out by earlier versions
 * @param rootHash lower-case hex SHA-256 over each home's name, NUL, its root hash, NUL, in the order of the bytes of the names with a
 *     slash behind them
 * @param options in what the trees need not be equal: what was left out, whose all is on the target, and which of the losses that were
 *     accepted there are; left out when they are equal in everything
 * @param usersLeftOut homes that {@code perUser} has no room for; {@code rootHash} is over them, too
 * @param perUser the same, home by home
 */
public record ReceiptView(
        String migration,
        HomesRef source,
        HomesRef target,
        Instant verifiedAt,
        long users,
        long entries,
        long files,
        long bytes,
        OptionalLong hashesReused,
        OptionalLong hashesMade,
        String rootHash,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOptions> options,
        long usersLeftOut,
        List<UserReceipt> perUser) {
    public ReceiptView {
        perUser = List.copyOf(perUser);
    }

    public static ReceiptView of(
            MigrationId migration, MigrationSpec.Homes homes, Receipt receipt, Instant verifiedAt) {
        List<UserReceipt> rows = receipt.perUser().map(UserReceipts::rows).orElse(List.of());
        return new ReceiptView(
                migration.value(),
                homes.source(),
                homes.target(),
                verifiedAt,
                receipt.users(),
                receipt.entries(),
                receipt.filesHashed(),
                receipt.bytes(),
                receipt.hashesReused(),
                receipt.hashesMade(),
                receipt.rootHash(),
                receipt.options(),
                Math.max(0, receipt.users() - rows.size()),
                rows);
    }
}
