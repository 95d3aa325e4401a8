package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.orchestrator.api.view.ApprovalView;
import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.api.view.Outage;
import dev.hubferry.orchestrator.api.view.PlanView;
import dev.hubferry.orchestrator.api.view.PlannedSteps;
import dev.hubferry.orchestrator.api.view.ReportView;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.plan.PlanFacts;
import dev.hubferry.orchestrator.saga.plan.Sentence.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the page of a migration from what REST shows of it. */
public final class Pages {
    private Pages() {}

    /**
     * What REST shows.
     *
     * @param version number of the last event that the state is the outcome of
     * @param finalPass what was foretold and became of it, once the hub was closed
     */
    public record Shown(
            SagaDefinition definition,
            SagaState state,
            long version,
            MigrationView migration,
            List<StepView> steps,
            List<ApprovalView> approvals,
            Optional<ReportView.FinalPass> finalPass,
            Instant now) {}

    public static MigrationPage of(Shown shown, Viewer viewer) {
        MigrationView view = shown.migration();
        MigrationSpec spec = view.spec();
        PlanFacts facts = PlanFacts.of(spec, shown.state().ledger(), PlanFacts.Told.BY_MIGRATION);
        List<PlanView.Step> sentences = new PlannedSteps(shown.definition(), facts).all();
        Forms forms = new Forms(new Possible(shown.definition(), shown.state(), shown.now()), viewer);
        List<Gate> gates = new Gates(shown.definition(), spec, sentences, forms).waiting(shown.approvals());
        List<Ladder.Phase> phases =
                new Ladder(shown.definition(), shown.state(), shown.steps(), sentences, forms).phases();
        List<Form> verbs = forms.ofMigration(whatAbortDoes(shown, sentences));
        return new MigrationPage(
                view,
                shown.version(),
                new Moment(shown.now()),
                Badge.of(view.state()),
                new Moment(view.requestedAt()),
                view.endedAt().map(Moment::new),
                hub(spec.source()),
                hub(spec.target()),
                wayBack(view),
                view.pause()
                        .map(pause -> new MigrationPage.Pause(
                                pause.by(), pause.reason(), new Moment(pause.since()), pause.inEffect())),
                view.queued().map(Ladder::queue).orElse(List.of()),
                isOver(view),
                Downtime.of(Outage.of(shown.state().ledger()), spec.cutover(), outlook(shown), shown.now()),
                gates,
                verbs,
                phases,
                viewer.refused());
    }

    /** As it stood when the hub was closed; before, as of now. */
    private static Optional<Outlooks> outlook(Shown shown) {
        Optional<Duration> budget = shown.migration().spec().cutover().finalPassBudget();
        Optional<PassForecast> forecast = shown.finalPass()
                .map(ReportView.FinalPass::forecast)
                .or(() -> shown.approvals().stream()
                        .flatMap(approval -> approval.forecast().stream())
                        .findFirst());
        return forecast.map(found -> Outlooks.of(found, budget));
    }

    private static boolean isOver(MigrationView view) {
        return switch (view.state()) {
            case COMPLETED, ROLLED_BACK -> true;
            case RUNNING, COMPENSATING, PARKED -> false;
        };
    }

    private static String wayBack(MigrationView view) {
        return switch (view.state()) {
            case COMPLETED -> "The hub has moved.";
            case ROLLED_BACK -> "It was taken back: the world is as it was before.";
            case COMPENSATING -> "It is being taken back.";
            case RUNNING, PARKED ->
                view.pivotPassed()
                        ? "It cannot be taken back any more: open-target was sent, and users may have written on the new hub."
                        : "It can be taken back until open-target.";
        };
    }

    private static String whatAbortDoes(Shown shown, List<PlanView.Step> sentences) {
        List<String> undone = sentences.stream()
                .filter(step -> step.wayBack() == WayBack.UNDONE
                        && shown.state().ledger().step(step.name()).forward().everSent())
                .map(PlanView.Step::undo)
                .toList();
        return undone.isEmpty()
                ? "Nothing has been done yet that has to be undone."
                : "In reverse, at once: " + undone.reversed().stream().collect(Collectors.joining(" "));
    }

    static String hub(HubRef hub) {
        return hub.cluster() + "/" + hub.namespace()
                + hub.release().map(release -> "/" + release).orElse("");
    }
}
