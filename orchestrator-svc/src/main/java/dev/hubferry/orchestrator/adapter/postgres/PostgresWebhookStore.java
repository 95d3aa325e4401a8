package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.saga.AuditChain;
import dev.hubferry.orchestrator.saga.AuditEntry;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookEvent;
import dev.hubferry.orchestrator.webhook.WebhookStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Webhooks on Postgres. */
public final class PostgresWebhookStore implements WebhookStore {
    /** How many events that a webhook does not want are passed over in one transaction. */
    private static final int MOST_PASSED_OVER = 500;

    private final Transactions transactions;

    public PostgresWebhookStore(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    @Failpoint("webhook.register")
    public void register(Collection<String> webhooks, Instant now) {
        transactions.runInTransaction(connection -> WebhookTable.register(connection, webhooks, now));
    }

    @Override
    public Optional<Claim> claim(Webhook webhook, Instant now, Duration lease) {
        while (true) {
            Looked looked = look(webhook, now, lease);
            if (looked.claim().isPresent() || !looked.more()) {
                return looked.claim();
            }
        }
    }

    /** @param more whether something was passed over, so that there may be more to find */
    private record Looked(Optional<Claim> claim, boolean more) {}

    @Failpoint("webhook.claim")
    Looked look(Webhook webhook, Instant now, Duration length) {
        String lease = UUID.randomUUID().toString();
        return transactions.inTransaction(connection -> {
            Optional<LaneTable.Row> lane = LaneTable.claim(connection, webhook.name(), now, lease, length);
            return lane.isEmpty() ? new Looked(Optional.empty(), false) : look(connection, webhook, lease, lane.get());
        });
    }

    private static Looked look(Connection connection, Webhook webhook, String lease, LaneTable.Row lane)
            throws SQLException {
        List<WebhookEvent> events = EventTable.between(
                connection, new MigrationId(lane.migration()), lane.next(), lane.last(), MOST_PASSED_OVER);
        // What people want to be sent again is sent, whatever the webhook wants by now.
        Optional<WebhookEvent> wanted = events.stream()
                .filter(event ->
                        lane.deadLetter().isPresent() || webhook.events().wants(event.type()))
                .findFirst();
        if (wanted.isPresent()) {
            if (wanted.get().sequence() > lane.next()) {
                LaneTable.passOver(connection, lane.id(), lease, wanted.get().sequence());
            }
            return new Looked(
                    Optional.of(new Claim(
                            lane.id(),
                            lease,
                            webhook.name(),
                            lane.attempts(),
                            lane.failingSince(),
                            lane.deadLetter(),
                            wanted.get())),
                    true);
        }
        long seen = events.size() < MOST_PASSED_OVER
                ? lane.last()
                : events.getLast().sequence();
        if (!LaneTable.empty(connection, lane.id(), lease, seen)) {
            LaneTable.passOver(connection, lane.id(), lease, seen + 1);
            var unused = LaneTable.giveBack(connection, lane.id(), lease);
        }
        return new Looked(Optional.empty(), true);
    }

    @Override
    @Failpoint("webhook.delivered")
    public boolean delivered(Claim claim, Instant now) {
        return transactions.inTransaction(connection -> {
            boolean ours = LaneTable.advance(connection, claim, true, now);
            if (ours) {
                if (claim.deadLetter().isPresent()) {
                    DeadLetterTable.delete(connection, claim.deadLetter().getAsLong());
                }
                WebhookTable.succeeded(connection, claim.webhook(), now);
            }
            return ours;
        });
    }

    @Override
    @Failpoint("webhook.failed")
    public boolean failed(Claim claim, String reason, Instant now, Instant next) {
        return transactions.inTransaction(connection -> {
            boolean ours = LaneTable.fail(connection, claim, now, next);
            if (ours) {
                WebhookTable.failed(connection, claim.webhook(), reason, now);
            }
            return ours;
        });
    }

    @Override
    @Failpoint("webhook.died")
    public boolean died(Claim claim, String reason, Instant now) {
        return transactions.inTransaction(connection -> {
            boolean ours = LaneTable.advance(connection, claim, false, now);
            if (ours) {
                DeadLetterTable.put(connection, claim, reason, now);
                WebhookTable.failed(connection, claim.webhook(), reason, now);
            }
            return ours;
        });
    }

    @Override
    @Failpoint("webhook.give-back")
    public boolean giveBack(Claim claim) {
        return transactions.inTransaction(connection -> LaneTable.giveBack(connection, claim.lane(), claim.lease()));
    }

    @Override
    public List<Standing> standings() {
        return transactions.inTransaction(WebhookTable::all);
    }

    @Override
    public List<DeadLetter> deadLetters(String webhook, long after, int limit) {
        return transactions.inTransaction(connection -> DeadLetterTable.page(connection, webhook, after, limit));
    }

    @Override
    @Failpoint("webhook.redeliver")
    public int redeliver(String webhook, OptionalLong letter, AuditEntry.Fact fact, Instant now) {
        return transactions.inTransaction(connection -> {
            int letters = DeadLetterTable.count(connection, webhook, letter);
            if (letters > 0) {
                LaneTable.sendAgain(connection, webhook, letter, now);
                audit(connection, fact);
            }
            return letters;
        });
    }

    @Override
    @Failpoint("webhook.tested")
    public void tested(String webhook, boolean taken, AuditEntry.Fact fact, Instant now) {
        transactions.runInTransaction(connection -> {
            if (taken) {
                LaneTable.hurry(connection, webhook, now);
            }
            audit(connection, fact);
        });
    }

    private static void audit(Connection connection, AuditEntry.Fact fact) throws SQLException {
        AuditTable.lockRequests(connection);
        AuditTable.append(connection, AuditChain.next(AuditTable.end(connection, fact.scope()), fact));
    }

    @Override
    @Failpoint("webhook.forget-letters")
    public int forgetDeadLetters(Instant before) {
        return transactions.inTransaction(connection -> DeadLetterTable.forget(connection, before));
    }

    @Override
    @Failpoint("webhook.forget")
    public List<String> forgetWebhooks(Instant before) {
        return transactions.inTransaction(connection -> WebhookTable.forget(connection, before));
    }
}
