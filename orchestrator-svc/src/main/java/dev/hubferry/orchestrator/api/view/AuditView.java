package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.orchestrator.saga.AuditChain;
import dev.hubferry.orchestrator.saga.AuditEntry;
import dev.hubferry.orchestrator.saga.MigrationStore.Audit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people asked of a migration.
 *
 * @param intact whether every entry is as it was written, and none is missing
 * @param tampered where it is not
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AuditView(boolean intact, Optional<Tampered> tampered, List<Entry> entries) {
    /** @param sequence the first entry that is not as it was written */
    public record Tampered(long sequence, String reason) {}

    /**
     * @param outcome {@code ACCEPTED}, {@code UNCHANGED: …} or {@code REFUSED: …} with the reason
     * @param hash lower-case hex SHA-256 of this entry and the hash before it
     */
    public record Entry(
            long sequence, Instant at, String principal, String action, String detail, String outcome, String hash) {
        static Entry of(AuditEntry entry) {
            AuditEntry.Fact fact = entry.fact();
            return new Entry(
                    entry.sequence(),
                    fact.at(),
                    fact.principal(),
                    fact.action(),
                    fact.detail(),
                    fact.outcome(),
                    entry.hash());
        }
    }

    public static AuditView of(Audit audit) {
        List<Entry> entries = audit.entries().stream().map(Entry::of).toList();
        return switch (AuditChain.verify(audit.entries(), audit.end())) {
            case AuditChain.Verdict.Intact _ -> new AuditView(true, Optional.empty(), entries);
            case AuditChain.Verdict.Tampered(long sequence, String reason) ->
                new AuditView(false, Optional.of(new Tampered(sequence, reason)), entries);
        };
    }
}
