package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;

/** Ids of migrations in paths. */
final class PathIds {
    private PathIds() {}

    /** @throws ProblemException 404 when no migration can be called so */
    static MigrationId migration(String id) {
        try {
            return new MigrationId(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    static ProblemException unknown(String id) {
        return new ProblemException(Problems.notFound("no migration is called '" + id + "'"));
    }
}
