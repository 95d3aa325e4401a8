package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.Decision.Refuse;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the forms that whoever looks may send, and that would not be refused. */
final class Forms {
    private static final String REASON = "Why? It stands in the audit.";

    private final Possible possible;
    private final Viewer viewer;

    Forms(Possible possible, Viewer viewer) {
        this.possible = possible;
        this.viewer = viewer;
    }

    boolean isApprover() {
        return viewer.roles().contains(Role.APPROVER);
    }

    private boolean isOperator() {
        return viewer.roles().contains(Role.OPERATOR);
    }

    List<Form> ofRow(String row) {
        List<Form> forms = new ArrayList<>();
        if (!isOperator()) {
            return forms;
        }
        if (possible.retry(row, viewer.name())) {
            forms.add(new Draft("retry-" + row, "/steps/" + row + "/retry", "Try " + row + " again").form());
        }
        if (possible.skip(row, viewer.name())) {
            forms.add(new Draft("skip-" + row, "/steps/" + row + "/skip", "Pass over " + row)
                    .grave("What it would have done is not done, or was done by hand.")
                    .field("reason", REASON, true)
                    .confirm("I know what " + row + " would have done")
                    .form());
        }
        return forms;
    }

    /** Why this approver may not approve, if it is for being who it is. */
    Optional<String> notByYou(String gate) {
        return refusal(gate)
                .filter(refuse -> refuse.refusal() == Refusal.FOUR_EYES)
                .map(Refuse::reason);
    }

    /** Why the approval needs a reason, if it does. */
    Optional<String> overBudget(String gate) {
        return refusal(gate)
                .filter(refuse -> refuse.refusal() == Refusal.OVER_BUDGET)
                .map(Refuse::reason);
    }

    private Optional<Refuse> refusal(String gate) {
        return possible.refusal(new SagaEvent.GateAnswered(gate, true, viewer.name(), ""));
    }

    /**
     * @param irreversible the row behind the gate from which on nothing is taken back, if it comes before the next gate
     */
    List<Form> ofGate(String gate, Optional<String> irreversible) {
        if (!isApprover()) {
            return List.of();
        }
        List<Form> forms = new ArrayList<>();
        if (notByYou(gate).isEmpty()) {
            Draft approve = new Draft("approve-" + gate, "/approvals/" + gate, "Approve " + gate)
                    .with("approved", "true")
                    .field("comment", "Comment (it stands in the audit)", false);
            if (overBudget(gate).isPresent()) {
                approve.field("overBudget", "Why may it take longer than the budget?", true);
            }
            irreversible.ifPresent(row -> approve.grave(
                            "From %s on nothing is taken back: users may write on the new hub.".formatted(row))
                    .confirm("I know that from %s on there is no way back".formatted(row)));
            forms.add(approve.form());
        }
        forms.add(new Draft("reject-" + gate, "/approvals/" + gate, "Reject " + gate)
                .with("approved", "false")
                .plain()
                .field("comment", "Why not? (it stands in the audit)", false)
                .form());
        return forms;
    }

    /** What may be said of the migration as a whole. */
    List<Form> ofMigration(String whatAbortDoes) {
        List<Form> forms = new ArrayList<>();
        if (!isOperator()) {
            return forms;
        }
        if (possible.pause(viewer.name())) {
            forms.add(new Draft("pause", "/pause", "Pause")
                    .lead("Begins nothing new from the next safe boundary on; a downtime is never lengthened.")
                    .field("reason", REASON, true)
                    .form());
        }
        if (possible.resume(viewer.name())) {
            forms.add(new Draft("resume", "/resume", "Resume").form());
        }
        if (possible.abort(viewer.name())) {
            forms.add(new Draft("abort", "/abort", "Take it back")
                    .grave(whatAbortDoes)
                    .field("reason", REASON, true)
                    .confirm("I want the migration to be taken back")
                    .form());
        }
        priority().ifPresent(forms::add);
        return forms;
    }

    private Optional<Form> priority() {
        SagaState state = possible.state();
        List<String> others = Arrays.stream(Priority.values())
                .filter(priority -> priority != state.priority())
                .filter(priority -> possible.takes(
                        new SagaEvent.PriorityAsked(priority, viewer.name(), "to see whether it may be")))
                .map(Priority::name)
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Draft("priority", "/priority", "Change the priority")
                        .lead("It is %s now: its place among migrations that wait for the same."
                                .formatted(state.priority()))
                        .choice("priority", "Priority", others)
                        .field("reason", REASON, true)
                        .form());
    }

    /** A form that is being made; what was typed into it before a refusal is in it again. */
    private final class Draft {
        private final String id;
        private final String path;
        private final String button;
        private final List<Form.Field> fields = new ArrayList<>();
        private Map<String, String> hidden = Map.of();
        private String look = "btn-primary";
        private Optional<String> lead = Optional.empty();
        private Optional<String> confirm = Optional.empty();

        Draft(String id, String path, String button) {
            this.id = id;
            this.path = path;
            this.button = button;
        }

        Draft with(String name, String value) {
            hidden = Map.of(name, value);
            return this;
        }

        Draft lead(String text) {
            lead = Optional.of(text);
            return this;
        }

        Draft grave(String text) {
            look = "btn-danger";
            return lead(text);
        }

        Draft plain() {
            look = "";
            return this;
        }

        Draft confirm(String text) {
            confirm = Optional.of(text);
            return this;
        }

        Draft field(String name, String label, boolean required) {
            fields.add(new Form.Field(name, label, required, typed(name), List.of()));
            return this;
        }

        Draft choice(String name, String label, List<String> choices) {
            fields.add(new Form.Field(name, label, true, typed(name), choices));
            return this;
        }

        private String typed(String name) {
            return viewer.refusedAt(id)
                    .map(refused -> refused.typed().getOrDefault(name, ""))
                    .orElse("");
        }

        Form form() {
            return new Form(
                    id,
                    path,
                    viewer.keys().get(),
                    hidden,
                    button,
                    look,
                    lead,
                    List.copyOf(fields),
                    confirm,
                    viewer.refusedAt(id).map(Viewer.Refused::reason));
        }
    }
}
