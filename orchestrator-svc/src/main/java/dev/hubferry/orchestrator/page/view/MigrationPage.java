package dev.hubferry.orchestrator.page.view;

import dev.hubferry.orchestrator.api.view.MigrationView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page of one migration.
 *
 * @param version number of the last event that it shows the outcome of
 * @param at by the server's clock
 * @param wayBack whether it can still be taken back
 * @param queue what it waits for, and its place there
 * @param ended whether nothing more can happen to it
 * @param refusal what was refused just now
 * @param verbs what may be said of it as a whole
 */
public record MigrationPage(
        MigrationView migration,
        long version,
        Moment at,
        Badge state,
        Moment requestedAt,
        Optional<Moment> endedAt,
        String source,
        String target,
        String wayBack,
        Optional<Pause> pause,
        List<String> queue,
        boolean ended,
        Downtime downtime,
        List<Gate> gates,
        List<Form> verbs,
        List<Ladder.Phase> phases,
        Optional<Viewer.Refused> refusal) {

    /** @param inEffect false while users cannot work: a pause never lengthens a downtime */
    public record Pause(String by, String reason, Moment since, boolean inEffect) {}

    /** Rows that are under way, wait, or have failed: what to look at first. */
    public List<Row> now() {
        return phases.stream()
                .flatMap(phase -> phase.rows().stream())
                .filter(row -> row.isNow() && !ended)
                .toList();
    }

    /** What was refused just now and has no form any more: it is said at the top. */
    public Optional<String> refused() {
        return refusal.filter(what -> form(what.form()).isEmpty()).map(Viewer.Refused::reason);
    }

    public String id() {
        return migration.id();
    }

    public String name() {
        return migration.name();
    }

    /** Where it is. */
    public String path() {
        return "/ui/migrations/" + id();
    }

    /** What may be said now, by its id. */
    public Optional<Form> form(String id) {
        return Stream.of(
                        gates.stream().flatMap(gate -> gate.forms().stream()),
                        phases.stream().flatMap(phase -> phase.rows().stream()).flatMap(row -> row.forms().stream()),
                        verbs.stream())
                .flatMap(forms -> forms)
                .filter(form -> form.id().equals(id))
                .findFirst();
    }
}
