package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.api.view.ApprovalView;
import dev.hubferry.orchestrator.api.view.PlanView;
import dev.hubferry.orchestrator.api.view.PlannedSteps;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the gates that wait from what REST says of them. */
final class Gates {
    private final SagaDefinition definition;
    private final MigrationSpec spec;
    private final List<PlanView.Step> sentences;
    private final Forms forms;

    Gates(SagaDefinition definition, MigrationSpec spec, List<PlanView.Step> sentences, Forms forms) {
        this.definition = definition;
        this.spec = spec;
        this.sentences = sentences;
        this.forms = forms;
    }

    List<Gate> waiting(List<ApprovalView> approvals) {
        return approvals.stream()
                .filter(approval -> approval.state() == StepView.State.WAITING)
                .map(this::gate)
                .toList();
    }

    private Gate gate(ApprovalView approval) {
        List<Gate.Next> next = next(approval.gate());
        Optional<String> irreversible =
                next.stream().filter(Gate.Next::pivot).map(Gate.Next::row).findFirst();
        return new Gate(
                approval.gate(),
                does(approval.gate()),
                new Moment(approval.since().orElseThrow()),
                new Moment(approval.expiresAt().orElseThrow()),
                PlannedSteps.isBeforePivot(definition, approval.gate())
                        ? "the migration is taken back"
                        : "the migration is parked, and asks again when somebody retries it",
                Found.lines(approval.found()),
                next,
                approval.forecast().map(forecast -> Outlooks.of(forecast, approval.budget())),
                approval.notices(),
                consents(),
                hint(approval.gate()),
                forms.ofGate(approval.gate(), irreversible));
    }

    private Optional<String> hint(String gate) {
        if (!forms.isApprover()) {
            return Optional.of("Only who has the role approver may answer it.");
        }
        return forms.notByYou(gate)
                .or(() -> forms.overBudget(gate).map(why -> "To approve it needs a reason: " + why + "."));
    }

    private String does(String row) {
        return sentences.stream()
                .filter(step -> step.name().equals(row))
                .map(PlanView.Step::does)
                .findFirst()
                .orElse("");
    }

    /** From the gate to the next one. */
    private List<Gate.Next> next(String gate) {
        List<String> gates = definition.gates().map(Node.Approval::gate).toList();
        List<Gate.Next> next = new ArrayList<>();
        boolean behind = false;
        for (PlanView.Step step : sentences) {
            if (behind && gates.contains(step.name())) {
                break;
            }
            if (behind) {
                boolean pivot =
                        definition.step(step.name()).filter(Node.Step::pivot).isPresent();
                next.add(new Gate.Next(step.name(), step.does(), step.users(), pivot));
            }
            behind = behind || step.name().equals(gate);
        }
        return next;
    }

    private List<String> consents() {
        List<String> consents = new ArrayList<>();
        spec.homes().consents().forEach(consent -> consents.add("homes: " + word(consent)));
        spec.database().consents().forEach(consent -> consents.add("database: " + word(consent)));
        return consents.stream().sorted().toList();
    }

    private static String word(Enum<?> consent) {
        return consent.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
