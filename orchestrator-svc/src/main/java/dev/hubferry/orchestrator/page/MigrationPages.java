package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.PathIds;
import dev.hubferry.orchestrator.api.Showing;
import dev.hubferry.orchestrator.api.view.Reports;
import dev.hubferry.orchestrator.api.view.Views;
import dev.hubferry.orchestrator.page.view.MigrationPage;
import dev.hubferry.orchestrator.page.view.Pages;
import dev.hubferry.orchestrator.page.view.Viewer;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Looks a migration up and makes its page. */
@Singleton
public final class MigrationPages {
    private final MigrationStore store;
    private final Showing showing;
    private final ProgressBoard progress;
    private final Clock clock;

    MigrationPages(MigrationStore store, Showing showing, ProgressBoard progress, Clock clock) {
        this.store = store;
        this.showing = showing;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @param id as in the path
     * @param refused what was refused just now, if anything was
     */
    MigrationPage of(String id, Frame frame, Optional<Viewer.Refused> refused) {
        PathIds.Seen seen = PathIds.look(store, id);
        SagaState state = seen.state();
        SagaDefinition definition = showing.definition(state);
        Instant now = clock.instant();
        Viewer viewer = new Viewer(
                frame.caller(),
                Set.copyOf(frame.roles()),
                () -> UUID.randomUUID().toString(),
                refused);
        return Pages.of(
                new Pages.Shown(
                        definition,
                        state,
                        seen.lastEvent(),
                        showing.migration(state),
                        showing.steps(
                                state,
                                (step, way) -> progress.latest(state.subject().migration(), step, way)),
                        Views.approvals(definition, state, now),
                        Reports.of(definition, state, now).finalPass(),
                        now),
                viewer);
    }
}
