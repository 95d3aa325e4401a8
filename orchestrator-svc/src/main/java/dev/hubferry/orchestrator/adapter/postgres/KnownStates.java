package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.adapter.postgres.MigrationTable.Saved;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.lang.ref.SoftReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * States that this process has saved itself, which need not be read and parsed again while their rows are as it left them. A row that was
 * written since, by another replica or by hand, has another version, and its state is read. Only for rows that are locked.
 */
final class KnownStates {
    private static final int MOST = 1_000;

    private final Map<MigrationId, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MigrationId, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(String version, SoftReference<SagaState> state) {}

    /** @param versions of locked rows */
    List<SagaState> of(Connection connection, Map<MigrationId, String> versions) throws SQLException {
        List<SagaState> states = new ArrayList<>();
        List<MigrationId> unknown = new ArrayList<>();
        versions.forEach((migration, version) ->
                find(migration, version).ifPresentOrElse(states::add, () -> unknown.add(migration)));
        if (!unknown.isEmpty()) {
            states.addAll(MigrationTable.states(connection, unknown));
        }
        return states;
    }

    /** To be called when what was saved is committed. */
    synchronized void saved(Collection<Saved> states, Map<MigrationId, String> versions) {
        for (Saved saved : states) {
            switch (saved.state()) {
                case SagaState.Running _, SagaState.Compensating _, SagaState.Parked _ ->
                    known.put(
                            saved.migration(),
                            new Known(
                                    versions.getOrDefault(saved.migration(), ""), new SoftReference<>(saved.state())));
                case SagaState.Completed _, SagaState.RolledBack _ -> known.remove(saved.migration());
            }
        }
    }

    private synchronized Optional<SagaState> find(MigrationId migration, String version) {
        return Optional.ofNullable(known.get(migration))
                .filter(found -> found.version().equals(version))
                .map(found -> found.state().get());
    }
}
