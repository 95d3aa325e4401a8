package dev.hubferry.orchestrator.page;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.orchestrator.api.view.ListedView;
import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.api.view.NotOursView;
import dev.hubferry.orchestrator.api.view.QueuedView;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A line of the list.
 *
 * @param gate that a person has to answer; empty when none waits
 * @param gateSince empty when none waits
 * @param queued what its next step waits for; empty when for nothing
 * @param cause why it is parked, or was taken back; empty when it is not
 * @param remark why there is no more of it; empty when there is
 */
record ListedRow(
        String id,
        String name,
        String state,
        String phase,
        String way,
        String dnsName,
        String requestedBy,
        Instant requestedAt,
        String gate,
        Optional<Instant> gateSince,
        String queued,
        String paused,
        String parkedAt,
        String cause,
        String remark) {

    static ListedRow of(ListedView view) {
        return switch (view) {
            case MigrationView migration -> of(migration);
            case NotOursView other ->
                new ListedRow(
                        other.id(),
                        other.name(),
                        other.state(),
                        "",
                        "",
                        "",
                        "",
                        other.requestedAt(),
                        "",
                        Optional.empty(),
                        "",
                        "",
                        "",
                        "",
                        other.remark());
        };
    }

    private static ListedRow of(MigrationView view) {
        return new ListedRow(
                view.id(),
                view.name(),
                view.state().name(),
                view.phase(),
                hub(view.spec().source()) + " → " + hub(view.spec().target()),
                view.spec().dns().name(),
                view.requestedBy(),
                view.requestedAt(),
                view.waitingFor().map(MigrationView.Waiting::gate).orElse(""),
                view.waitingFor().map(MigrationView.Waiting::since),
                view.queued().map(ListedRow::queued).orElse(""),
                view.pause()
                        .map(pause -> "by " + pause.by() + ": " + pause.reason())
                        .orElse(""),
                view.parkedAt().orElse(""),
                view.cause().orElse(""),
                "");
    }

    private static String queued(QueuedView queued) {
        return queued.needs().stream()
                .filter(QueuedView.Need::lacking)
                .map(need -> "%s (place %d)".formatted(need.resource(), need.position()))
                .collect(Collectors.joining(", ", queued.step() + " waits for ", ""));
    }

    private static String hub(HubRef hub) {
        return hub.cluster() + "/" + hub.namespace();
    }
}
