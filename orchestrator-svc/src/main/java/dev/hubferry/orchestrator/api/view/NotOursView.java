package dev.hubferry.orchestrator.api.view;

import java.time.Instant;
import java.util.Map;

/**
 * A migration whose definition the replica that was asked does not know; fields that are here too mean what they mean in
 * {@link MigrationView}.
 *
 * @param remark why there is no more of it
 */
public record NotOursView(
        String id,
        String name,
        String definition,
        Instant requestedAt,
        String state,
        String remark,
        Map<String, String> links)
        implements ListedView {}
