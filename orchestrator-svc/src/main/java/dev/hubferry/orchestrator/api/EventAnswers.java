package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.RequestAnswer;
import dev.hubferry.contracts.RequestAnswer.PlanReady;
import dev.hubferry.contracts.RequestAnswer.RequestAccepted;
import dev.hubferry.contracts.RequestAnswer.RequestRefused;
import dev.hubferry.contracts.RequestType;
import dev.hubferry.contracts.WireType;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.saga.EventAnswer;
import dev.hubferry.orchestrator.saga.EventRequest;
import dev.hubferry.orchestrator.saga.EventRequests.OpenPlan;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Makes the answers to requests that came by event: what REST answers, within an event. */
@Singleton
public final class EventAnswers {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ObjectMapper json;
    private final Showing showing;
    private final PlanShowing plans;
    private final MigrationStore store;

    EventAnswers(ObjectMapper json, Showing showing, PlanShowing plans, MigrationStore store) {
        this.json = json;
        this.showing = showing;
        this.plans = plans;
        this.store = store;
    }

    EventAnswer accepted(EventRequest request, RequestType type, SagaState state) {
        MigrationId migration = state.subject().migration();
        return answer(
                new RequestAccepted(
                        request.id(),
                        request.requester(),
                        type.wireName(),
                        migration.value(),
                        object(showing.migration(state))),
                Optional.of(migration),
                false);
    }

    /** The verdict follows. */
    EventAnswer planned(EventRequest request, RequestType type, SagaState plan) {
        MigrationId id = plan.subject().migration();
        return answer(
                new RequestAccepted(request.id(), request.requester(), type.wireName(), id.value(), Map.of()),
                Optional.of(id),
                true);
    }

    /** @param claims of the request, of which any may be wrong */
    EventAnswer refused(EventRequest request, JsonNode claims, ProblemDetail problem) {
        Optional<String> type = RequestType.find(claims.path("type").asText()).map(RequestType::wireName);
        Optional<MigrationId> migration = migration(claims.path("migration").asText());
        return answer(
                new RequestRefused(
                        request.id(), request.requester(), type, migration.map(MigrationId::value), object(problem)),
                migration,
                false);
    }

    /** The verdict of a plan that has ended. */
    public EventAnswer ready(OpenPlan plan) {
        EventRequest request = plan.request();
        String id = plan.plan().value();
        return answer(
                new PlanReady(request.id(), request.requester(), id, object(plans.view(PathIds.findPlan(store, id)))),
                Optional.of(plan.plan()),
                false);
    }

    private EventAnswer answer(RequestAnswer answer, Optional<MigrationId> about, boolean planOpen) {
        String type = answer.getClass().getAnnotation(WireType.class).value();
        try {
            return new EventAnswer(type, about, json.writeValueAsString(answer), planOpen);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    private Map<String, Object> object(Object view) {
        Map<String, Object> object = json.convertValue(view, OBJECT);
        object.values().removeIf(java.util.Objects::isNull);
        return object;
    }

    private static Optional<MigrationId> migration(String named) {
        try {
            return Optional.of(new MigrationId(named));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
