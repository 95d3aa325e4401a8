package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Require;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One entry of an audit.
 *
 * @param sequence from 1 without gaps
 * @param hash lower-case hex SHA-256 of this entry and the hash before it
 */
public record AuditEntry(long sequence, Fact fact, String hash) {
    public AuditEntry {
        Require.present(fact, "fact");
        Require.text(hash, "hash");
    }

    /**
     * What a person asked, and what became of it.
     *
     * @param scope whose audit it is in
     * @param principal who asked
     * @param action such as {@code pause} or {@code skip verify-live}
     * @param detail in the person's words; may be empty
     * @param outcome {@code ACCEPTED}, {@code UNCHANGED: …} or {@code REFUSED: …} with the reason
     */
    public record Fact(AuditScope scope, Instant at, String principal, String action, String detail, String outcome) {
        public Fact {
            Require.present(scope, "scope");
            Require.present(at, "at");
            Require.text(principal, "principal");
            Require.text(action, "action");
            Require.present(detail, "detail");
            Require.text(outcome, "outcome");
        }

        public Fact(MigrationId migration, Instant at, String principal, String action, String detail, String outcome) {
            this(new AuditScope.OfMigration(migration), at, principal, action, detail, outcome);
        }

        static Fact of(MigrationId migration, Instant at, SagaEvent.ByPerson event, String outcome) {
            return new Fact(migration, at, event.by(), action(event), detail(event), outcome);
        }

        private static String action(SagaEvent.ByPerson event) {
            return switch (event) {
                case SagaEvent.GateAnswered answered ->
                    (answered.approved() ? "approve " : "reject ")
                            + answered.gate()
                            + (answered.overBudget().isPresent() ? " over budget" : "");
                case SagaEvent.PauseAsked _ -> "pause";
                case SagaEvent.ResumeAsked _ -> "resume";
                case SagaEvent.RetryAsked retry -> "retry " + retry.row();
                case SagaEvent.SkipAsked skip -> "skip " + skip.row();
                case SagaEvent.PriorityAsked asked -> "priority " + asked.priority();
                case SagaEvent.AbortAsked _ -> "abort";
            };
        }

        private static String detail(SagaEvent.ByPerson event) {
            return switch (event) {
                case SagaEvent.GateAnswered answered ->
                    Stream.concat(answered.overBudget().stream(), Stream.of(answered.comment()))
                            .filter(words -> !words.isBlank())
                            .collect(Collectors.joining("; "));
                case SagaEvent.PauseAsked pause -> pause.reason();
                case SagaEvent.ResumeAsked _, SagaEvent.RetryAsked _ -> "";
                case SagaEvent.SkipAsked skip -> skip.reason();
                case SagaEvent.PriorityAsked asked -> asked.reason();
                case SagaEvent.AbortAsked abort -> abort.reason();
            };
        }
    }
}
