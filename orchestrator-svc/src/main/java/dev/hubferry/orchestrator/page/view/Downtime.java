package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.api.view.Outage;
import dev.hubferry.orchestrator.saga.plan.Figures;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long nobody can work.
 *
 * @param since when the old hub was closed; none while it was not
 * @param until when a hub was opened again; none while none is open
 * @param length by now, or in all
 * @param window when the hub may be down, if the spec says so
 * @param most after which the migration is taken back, if the spec says so
 */
public record Downtime(
        Optional<Moment> since,
        Optional<Moment> until,
        String length,
        Optional<Outlooks> outlook,
        Optional<String> window,
        Optional<String> most) {

    public boolean isRunning() {
        return since.isPresent() && until.isEmpty();
    }

    static Downtime of(Outage outage, MigrationSpec.Cutover cutover, Optional<Outlooks> outlook, Instant now) {
        Optional<Moment> since = switch (outage) {
            case Outage.None _ -> Optional.empty();
            case Outage.GoingOn(Instant from) -> Optional.of(new Moment(from));
            case Outage.Over(Instant from, Instant _) -> Optional.of(new Moment(from));
        };
        Optional<Moment> until =
                outage instanceof Outage.Over(Instant _, Instant end) ? Optional.of(new Moment(end)) : Optional.empty();
        return new Downtime(
                since,
                until,
                Ladder.span(outage.length(now)),
                outlook,
                window(cutover),
                cutover.maxDowntime().map(Figures::time));
    }

    private static Optional<String> window(MigrationSpec.Cutover cutover) {
        Optional<String> start = cutover.start().map(at -> "from " + new Moment(at).text());
        Optional<String> end = cutover.end().map(at -> "until " + new Moment(at).text());
        return start.map(from -> from + end.map(to -> " " + to).orElse("")).or(() -> end);
    }
}
