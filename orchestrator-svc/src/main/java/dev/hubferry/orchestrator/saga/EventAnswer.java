package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Require;
import java.util.Optional;

/**
 * What is said to somebody who asked by event.
 *
 * @param type its wire type
 * @param about the migration or plan, if there is one
 * @param body a JSON object
 * @param planOpen whether the verdict of a plan is to follow
 */
public record EventAnswer(String type, Optional<MigrationId> about, String body, boolean planOpen) {
    public EventAnswer {
        Require.text(type, "type");
        Require.present(about, "about");
        Require.text(body, "body");
    }
}
