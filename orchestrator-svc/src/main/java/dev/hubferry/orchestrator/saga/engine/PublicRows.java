package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationRow;
import dev.hubferry.contracts.MigrationRow.Effect;
import dev.hubferry.contracts.MigrationRow.Kind;
import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import dev.hubferry.orchestrator.saga.engine.Node.Mark;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A definition's table as the public hears of it, so that nobody outside has to know the table. */
final class PublicRows {
    private PublicRows() {}

    static List<MigrationRow> of(SagaDefinition definition) {
        return definition.phases().stream()
                .flatMap(phase -> phase.nodes().stream().flatMap(node -> rows(phase.name(), node)))
                .toList();
    }

    private static Stream<MigrationRow> rows(String phase, Node node) {
        return switch (node) {
            case Step step -> Stream.of(row(phase, step));
            case Parallel parallel -> parallel.steps().stream().map(step -> row(phase, step));
            case Approval approval -> Stream.of(row(phase, approval.gate(), Kind.APPROVAL));
            case Timer timer -> Stream.of(row(phase, timer.name(), Kind.TIMER));
        };
    }

    private static MigrationRow row(String phase, Step step) {
        return new MigrationRow(step.name(), Kind.STEP, phase, Optional.of(step.participant()), effect(step.mark()));
    }

    private static MigrationRow row(String phase, String name, Kind kind) {
        return new MigrationRow(name, kind, phase, Optional.empty(), Optional.empty());
    }

    private static Optional<Effect> effect(Mark mark) {
        return switch (mark) {
            case NOTHING -> Optional.empty();
            case CLOSES -> Optional.of(Effect.CLOSES_HUB);
            case PIVOT -> Optional.of(Effect.OPENS_HUB);
        };
    }
}
