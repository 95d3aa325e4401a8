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

        /** No migration has this id. */
        record Unknown() implements Heard {}
    }

    /** Waits for whoever is changing the migration. */
    public Heard heard(Said said) {
        return applyInOne(tx -> {
            Optional<SagaState> state = tx.lock(said.migration());
            if (state.isEmpty()) {
                return new Heard.Unknown();
            }
            if (!tx.firstTime(said.message())) {
                return new Heard.Repeated();
            }
            return hear(tx, state.get(), said.event());
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
            Map<MigrationId, SagaState> states = new HashMap<>();
            for (SagaState state :
                    tx.lockFree(batch.stream().map(Said::migration).collect(Collectors.toSet()))) {
                states.put(state.subject().migration(), state);
            }
            List<Said> here = batch.stream()
                    .filter(said -> states.containsKey(said.migration()))
                    .toList();
            Set<MessageId> fresh =
                    tx.firstTimes(here.stream().map(Said::message).toList());
            return batch.stream().map(said -> hear(tx, said, states, fresh)).toList();
        });
    }

    @Failpoint("saga.reply")
    private <T> T applyInOne(Function<Transaction, T> words) {
        return store.inTransaction(words);
    }

    private Optional<Heard> hear(Transaction tx, Said said, Map<MigrationId, SagaState> states, Set<MessageId> fresh) {
        SagaState state = states.get(said.migration());
        if (state == null) {
            return Optional.empty();
        }
        if (!fresh.remove(said.message())) {
            return Optional.of(new Heard.Repeated());
        }
        Heard heard = hear(tx, state, said.event());
        if (heard instanceof Heard.Applied applied) {
            states.put(said.migration(), applied.state());
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
