package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.saga.EventAnswer;
import dev.hubferry.orchestrator.saga.EventRequest;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Planning;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import jakarta.inject.Singleton;

/** Does what a request asks for that came by event, in its transaction. */
@Singleton
final class EventActs {
    private final Migrations migrations;
    private final Planning planning;
    private final MigrationStore store;
    private final Requests requests;
    private final EventAnswers answers;

    EventActs(Migrations migrations, Planning planning, MigrationStore store, Requests requests, EventAnswers answers) {
        this.migrations = migrations;
        this.planning = planning;
        this.store = store;
        this.requests = requests;
        this.answers = answers;
    }

    /** @throws ProblemException when it cannot be done */
    EventAnswer act(Transaction tx, EventRequest request, EventClaims claims) {
        String by = request.requester();
        JsonNode data = claims.data();
        return switch (claims.type()) {
            case PLAN ->
                answers.planned(request, claims.type(), Outcomes.of(planning.plan(tx, requests.read(data), by)));
            case MIGRATION ->
                answers.accepted(
                        request, claims.type(), Outcomes.of(migrations.request(tx, requests.read(data), by), store));
            case ANSWER_GATE -> said(tx, request, claims, Sayings.answer(claims.row(), data, by));
            case PAUSE -> said(tx, request, claims, Sayings.pause(data, by));
            case RESUME -> said(tx, request, claims, new SagaEvent.ResumeAsked(by));
            case RETRY -> said(tx, request, claims, Sayings.retry(claims.row(), by));
            case SKIP -> said(tx, request, claims, Sayings.skip(claims.row(), data, by));
            case PRIORITY -> said(tx, request, claims, Sayings.priority(data, by));
            case ABORT -> said(tx, request, claims, Sayings.abort(data, by));
        };
    }

    private EventAnswer said(Transaction tx, EventRequest request, EventClaims claims, SagaEvent.ByPerson word) {
        String id = claims.migration();
        SagaState state = Outcomes.of(migrations.said(tx, PathIds.migration(id), word), id);
        return answers.accepted(request, claims.type(), state);
    }
}
