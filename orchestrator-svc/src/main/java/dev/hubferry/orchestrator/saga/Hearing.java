package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applies what participants say, each word once however often it comes: one in a transaction of its own, or many that share one. */
public final class Hearing {
    private final MigrationStore store;
    private final Deciding deciding;

    public Hearing(SagaDefinitions definitions, MigrationStore store, Clock clock) {
        this.store = store;
        this.deciding = new Deciding(definitions, clock);
    }

    /** Something that a participant said. */
    public record Said(MigrationId migration, MessageId message, SagaEvent event) {}

    /** What became of it. */
    public sealed interface Heard {
        record Applied(SagaState state) implements Heard {}

        /** The message was handled before. */
        record Repeated() implements Heard {}

        record Ignored(String reason) implements Heard {}

        /** Only a newer process, which knows the migration's definition, can hear it; nothing was done. */
        record NotOurs(String definition) implements Heard {}

        /** No migration has this id. */
        record Unknown() implements Heard {}
    }

    /** Waits for whoever is changing the migration. */
    public Heard heard(Said said) {
        return applyInOne(tx -> {
            Optional<Kept> kept = tx.lock(said.migration());
            if (kept.isEmpty()) {
                return new Heard.Unknown();
            }
            return switch (kept.get()) {
                case Kept.Ours ours ->
                    tx.firstTime(said.message()) ? hear(tx, ours.state(), said.event()) : new Heard.Repeated();
                case Kept.NotOurs other -> new Heard.NotOurs(other.definition());
            };
        });
    }

    /**
     * In this order. All of it stands or nothing.
     *
     * @return what became of each, in the same order; empty for those whose migration is not there, or is being changed by somebody else:
     *     nothing was done about them
     */
    public List<Optional<Heard>> heard(List<Said> batch) {
        return applyInOne(tx -> {
            Map<MigrationId, Kept> migrations = new HashMap<>();
            Set<MigrationId> named = batch.stream().map(Said::migration).collect(Collectors.toSet());
            tx.lockFree(named).forEach(kept -> migrations.put(kept.migration(), kept));
            List<MessageId> ours = batch.stream()
                    .filter(said -> migrations.get(said.migration()) instanceof Kept.Ours)
                    .map(Said::message)
                    .toList();
            Set<MessageId> fresh = tx.firstTimes(ours);
            return batch.stream().map(said -> hear(tx, said, migrations, fresh)).toList();
        });
    }

    @Failpoint("saga.reply")
    private <T> T applyInOne(Function<Transaction, T> words) {
        return store.inTransaction(words);
    }

    private Optional<Heard> hear(Transaction tx, Said said, Map<MigrationId, Kept> migrations, Set<MessageId> fresh) {
        Kept kept = migrations.get(said.migration());
        if (kept == null) {
            return Optional.empty();
        }
        Heard heard = switch (kept) {
            case Kept.Ours ours ->
                fresh.remove(said.message()) ? hear(tx, ours.state(), said.event()) : new Heard.Repeated();
            case Kept.NotOurs other -> new Heard.NotOurs(other.definition());
        };
        if (heard instanceof Heard.Applied applied) {
            migrations.put(said.migration(), new Kept.Ours(applied.state()));
        }
        return Optional.of(heard);
    }

    private Heard hear(Transaction tx, SagaState state, SagaEvent event) {
        return switch (deciding.apply(tx, state, event)) {
            case Advance advance -> new Heard.Applied(advance.state());
            case Decision.Ignore ignore -> new Heard.Ignored(ignore.reason());
            case Decision.Refuse refuse -> new Heard.Ignored(refuse.reason());
        };
    }
}
