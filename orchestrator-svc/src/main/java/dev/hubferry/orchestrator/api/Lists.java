package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.view.ListedView;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.ListQuery;
import dev.hubferry.orchestrator.saga.MigrationStore;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/** Reads lists of migrations page by page. */
@Singleton
public final class Lists {
    private final MigrationStore store;
    private final Showing showing;

    Lists(MigrationStore store, Showing showing) {
        this.store = store;
        this.showing = showing;
    }

    /**
     * @param next the last one of this page when there is another page, which is what is behind it
     */
    public record Found(List<ListedView> migrations, Optional<MigrationId> next) {}

    /** @throws ProblemException 400 that names each wrong parameter */
    public Found find(MultivaluedMap<String, String> parameters) {
        ListQuery query = ListParameters.read(parameters);
        query.after().ifPresent(this::requireKnown);
        List<Kept> found = store.list(query.withOneMore());
        boolean more = found.size() > query.limit();
        List<Kept> shown = more ? found.subList(0, query.limit()) : found;
        return new Found(showing.list(shown), more ? Optional.of(shown.getLast().migration()) : Optional.empty());
    }

    private void requireKnown(MigrationId after) {
        if (store.find(after).isEmpty()) {
            throw new ProblemException(Problems.badParameter(
                    "after (or before) must be the id of a migration, but none is called '" + after + "'"));
        }
    }
}
