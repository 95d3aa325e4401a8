package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a request that came by event. It is about a request, so it is no {@link Body}: it has no place among the messages of a
 * migration.
 */
public sealed interface RequestAnswer {
    /** The {@code jti} of the request. */
    String request();

    /** Who asked, such as {@code key:ci}. */
    String by();

    /**
     * It was done, or was so already, in the same transaction in which this was said. Of a plan: it is being made, and
     * {@link PlanReady} follows.
     *
     * @param request the {@code jti} of the request
     * @param by who asked, such as {@code key:ci}
     * @param type what was asked for
     * @param migration the id of the migration, or of the plan
     * @param result what REST answers to the same: the migration as it stood then; of a plan nothing yet
     */
    @WireType("hubferry.request-accepted.v1")
    record RequestAccepted(String request, String by, String type, String migration, Map<String, Object> result)
            implements RequestAnswer {
        public RequestAccepted {
            Require.text(request, "request");
            Require.text(by, "by");
            Require.text(type, "type");
            Require.text(migration, "migration");
            result = result == null ? Map.of() : ordered(result);
        }
    }

    /**
     * It changed nothing. A request that was refused stays refused: whoever has put right what was wrong asks under another {@code jti}.
     *
     * @param request the {@code jti} of the request
     * @param by who asked, such as {@code key:ci}
     * @param type what was asked for, if that can be told
     * @param migration that was named, if one was
     * @param problem as REST answers it (RFC 9457): {@code type}, {@code title}, {@code status}, {@code detail}, {@code remedy}, {@code errors}
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @WireType("hubferry.request-refused.v1")
    record RequestRefused(
            String request, String by, Optional<String> type, Optional<String> migration, Map<String, Object> problem)
            implements RequestAnswer {
        public RequestRefused {
            Require.text(request, "request");
            Require.text(by, "by");
            type = type == null ? Optional.empty() : type;
            migration = migration == null ? Optional.empty() : migration;
            problem = ordered(problem);
        }
    }

    /**
     * A plan that was asked for has its verdict.
     *
     * @param request the {@code jti} of the request
     * @param by who asked, such as {@code key:ci}
     * @param plan the plan's id, as {@code hubferry.request-accepted.v1} told it
     * @param result as {@code GET /api/v1/plans/{id}} shows it
     */
    @WireType("hubferry.plan-ready.v1")
    record PlanReady(String request, String by, String plan, Map<String, Object> result) implements RequestAnswer {
        public PlanReady {
            Require.text(request, "request");
            Require.text(by, "by");
            Require.text(plan, "plan");
            result = ordered(result);
        }
    }

    /** As REST shows it. */
    private static Map<String, Object> ordered(Map<String, Object> object) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(object));
    }
}
