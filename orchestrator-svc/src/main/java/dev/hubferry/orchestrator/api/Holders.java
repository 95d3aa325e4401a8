package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.plan.Finding;
import dev.hubferry.orchestrator.saga.plan.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which migrations hold what a request needs, and what to do about each. */
final class Holders {
    private Holders() {}

    static ProblemDetail problem(List<Conflict> conflicts, MigrationStore store) {
        Map<MigrationId, Optional<Kept>> holders = new LinkedHashMap<>();
        conflicts.forEach(conflict -> holders.computeIfAbsent(conflict.by(), store::find));
        return Problems.held(
                conflicts.stream().map(Holders::overlap).collect(Collectors.joining("; ")),
                holders.entrySet().stream()
                        .map(holder -> remedy(holder.getKey(), holder.getValue()))
                        .collect(Collectors.joining("; ")),
                holders.keySet().stream().map(MigrationId::value).toList());
    }

    /** The same as findings of a dry run; the remedies are of now. */
    static List<Finding> findings(List<Conflict> conflicts, MigrationStore store) {
        Map<MigrationId, String> remedies = new LinkedHashMap<>();
        return conflicts.stream()
                .map(conflict -> new Finding(
                        Findings.HELD,
                        conflict.resource(),
                        overlap(conflict),
                        remedies.computeIfAbsent(conflict.by(), by -> remedy(by, store.find(by)))))
                .toList();
    }

    private static String overlap(Conflict conflict) {
        return conflict.resource().equals(conflict.held())
                ? "%s belongs to migration %s".formatted(conflict.held(), conflict.by())
                : "%s overlaps %s of migration %s".formatted(conflict.resource(), conflict.held(), conflict.by());
    }

    private static String remedy(MigrationId migration, Optional<Kept> kept) {
        if (kept.isEmpty()) {
            return migration + " is gone by now: send the request again";
        }
        return switch (kept.get()) {
            case Kept.Ours ours -> remedy(migration, ours.state());
            case Kept.NotOurs other ->
                "%s is %s by %s, which this replica does not know: ask a newer one what to do about it"
                        .formatted(migration, other.status(), other.definition());
        };
    }

    private static String remedy(MigrationId migration, SagaState state) {
        return switch (state) {
            case SagaState.Running _ ->
                migration + " is RUNNING: wait until it has ended, or abort it before its pivot";
            case SagaState.Compensating _ -> migration + " is COMPENSATING: wait until it has been taken back";
            case SagaState.Parked parked ->
                migration + " is PARKED at " + parked.step()
                        + " and keeps what it holds: put right what its cause names, then retry, skip or abort it, as docs/operations/parked.md says";
            case SagaState.Completed _, SagaState.RolledBack _ ->
                migration + " has ended by now: send the request again";
        };
    }
}
