package dev.hubferry.orchestrator.api.view;

import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.plan.PlanFacts;
import dev.hubferry.orchestrator.saga.plan.Sentence;
import dev.hubferry.orchestrator.saga.plan.Sentence.WayBack;
import dev.hubferry.orchestrator.saga.plan.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of a saga's table, each with what it means for one migration. */
public final class PlannedSteps {
    private final SagaDefinition definition;
    private final PlanFacts facts;
    private boolean hubDown;

    public PlannedSteps(SagaDefinition definition, PlanFacts facts) {
        this.definition = definition;
        this.facts = facts;
    }

    /** From top to bottom. */
    public List<PlanView.Step> all() {
        List<PlanView.Step> rows = new ArrayList<>();
        hubDown = false;
        definition
                .phases()
                .forEach(phase -> phase.nodes().stream()
                        .flatMap(PlannedSteps::rows)
                        .forEach(row -> rows.add(planned(phase.name(), row))));
        return rows;
    }

    private static Stream<Node> rows(Node node) {
        return switch (node) {
            case Node.Parallel parallel -> parallel.steps().stream().map(step -> step);
            case Node.Step _, Node.Approval _, Node.Timer _ -> Stream.of(node);
        };
    }

    private PlanView.Step planned(String phase, Node row) {
        return switch (row) {
            case Node.Step step -> {
                hubDown = switch (step.mark()) {
                    case NOTHING -> hubDown;
                    case CLOSES -> true;
                    case PIVOT -> false;
                };
                yield planned(phase, step.name(), step.participant().wireName());
            }
            case Node.Approval approval -> planned(phase, approval.gate(), "approver");
            case Node.Timer timer -> planned(phase, timer.name(), "clock");
            case Node.Parallel _ -> throw new IllegalArgumentException("a parallel row has no name of its own");
        };
    }

    private PlanView.Step planned(String phase, String name, String by) {
        // A test sees to it that each row has one; a plan without it is better than none.
        Sentence sentence = Sentences.of(name, facts)
                .orElseGet(() -> new Sentence("Does " + name + ".", WayBack.STAYS, "", Optional.empty()));
        return new PlanView.Step(
                name, phase, by, sentence.does(), sentence.wayBack(), sentence.undo(), hubDown, sentence.users());
    }

    /** Whether a row stands above the pivot. */
    public static boolean isBeforePivot(SagaDefinition definition, String row) {
        return definition.nodes().stream()
                .takeWhile(node -> !(node instanceof Node.Step step && step.pivot()))
                .flatMap(SagaDefinition::names)
                .anyMatch(row::equals);
    }
}
