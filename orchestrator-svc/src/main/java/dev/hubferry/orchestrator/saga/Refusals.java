package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Require;
import dev.hubferry.orchestrator.saga.AuditEntry.Fact;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Puts down what was refused before it came to {@link Migrations}: for want of a role, or since it could not be understood. The same refusal of
 * the same person once an hour, so that nobody can fill an audit with what they may not do.
 */
public final class Refusals {
    private static final Duration ONCE_IN = Duration.ofHours(1);

    private final MigrationStore store;
    private final Clock clock;

    public Refusals(MigrationStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param principal who asked
     * @param migration what the request named, if it can name one
     * @param action the verb alone: of few words, since it decides what is the same refusal
     * @param detail what else is known
     * @param reason why it was refused, of few kinds too
     */
    public record Refused(
            String principal, Optional<MigrationId> migration, String action, String detail, String reason) {
        public Refused {
            Require.text(principal, "principal");
            Require.text(action, "action");
            Require.text(reason, "reason");
        }

        private Fact fact(AuditScope scope, Instant at) {
            return new Fact(scope, at, principal, action, detail, "REFUSED: " + reason);
        }
    }

    /** In the audit of the migration if there is one that this process knows, else in that of requests. */
    public void put(Refused refused) {
        // As it is kept, so that the hash of what is read is that of what was written.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AuditScope scope = refused.migration()
                .filter(migration -> store.find(migration).orElse(null) instanceof Kept.Ours)
                .<AuditScope>map(AuditScope.OfMigration::new)
                .orElseGet(AuditScope.OfRequests::new);
        Fact fact = refused.fact(scope, now);
        // Looked at without a lock first: who repeats himself holds up nobody.
        if (!store.auditHas(fact, now.minus(ONCE_IN))) {
            write(fact, now);
        }
    }

    @Failpoint("saga.refusal")
    void write(Fact fact, Instant now) {
        var unused = store.inTransaction(tx -> {
            lock(tx, fact.scope());
            if (!tx.auditHas(fact, now.minus(ONCE_IN))) {
                tx.audit(fact);
            }
            return true;
        });
    }

    private static void lock(Transaction tx, AuditScope scope) {
        switch (scope) {
            case AuditScope.OfMigration(MigrationId migration) -> {
                var unused = tx.lock(migration);
            }
            case AuditScope.OfRequests _ -> tx.lockAuditOfRequests();
        }
    }
}
