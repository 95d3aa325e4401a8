package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import java.util.List;
import java.util.function.UnaryOperator;

/** Definitions with a step whose command cannot be made of what earlier steps answered. */
final class Unmakeable {
    private Unmakeable() {}

    static SagaDefinition in(SagaDefinition saga, String step) {
        return changed(
                saga,
                step,
                found -> new Step(
                        found.name(),
                        found.participant(),
                        context -> {
                            throw new IllegalStateException("check-source answered something else");
                        },
                        found.answer(),
                        found.undo(),
                        found.mark(),
                        found.skippable()));
    }

    static SagaDefinition undoIn(SagaDefinition saga, String step) {
        return changed(
                saga,
                step,
                found -> found.undo(
                        spec -> {
                            throw new IllegalStateException("the spec has no such thing");
                        },
                        ((Node.Undo.By) found.undo()).answer()));
    }

    private static SagaDefinition changed(SagaDefinition saga, String step, UnaryOperator<Step> change) {
        UnaryOperator<Step> one = found -> found.name().equals(step) ? change.apply(found) : found;
        List<Phase> phases = saga.phases().stream()
                .map(phase -> new Phase(
                        phase.name(),
                        phase.nodes().stream().map(node -> changed(node, one)).toList()))
                .toList();
        return new SagaDefinition(saga.name(), saga.version(), phases, saga.claims(), saga.patience());
    }

    private static Node changed(Node node, UnaryOperator<Step> change) {
        return switch (node) {
            case Step step -> change.apply(step);
            case Parallel parallel ->
                new Parallel(parallel.steps().stream().map(change).toList(), parallel.hasty());
            case Node.Approval _, Node.Timer _ -> node;
        };
    }
}
