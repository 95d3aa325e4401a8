package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.spec.Errors;
import dev.hubferry.orchestrator.api.spec.JsonFields;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import java.util.Optional;

/** Reads what a person says of a migration: from the body of a request, whichever way that came, or from a form of the page with the same fields. */
public final class Sayings {
    private Sayings() {}

    /** @throws ProblemException when something is wrong, with all of it; as the others do */
    public static SagaEvent.ByPerson answer(String gate, JsonNode body, String by) {
        Errors errors = new Errors();
        JsonFields fields = JsonFields.of(body, errors);
        Optional<Boolean> approved = fields.bool("approved");
        Optional<String> comment = fields.optionalText("comment");
        Optional<String> overBudget = fields.optionalText("overBudget");
        if (overBudget.isPresent() && !approved.orElse(true)) {
            fields.wrong("overBudget", "is for an approval, and this is none", "leave it out");
        }
        fields.close();
        JsonBody.requireNone(errors);
        return new SagaEvent.GateAnswered(named(gate), approved.orElseThrow(), by, comment.orElse(""), overBudget);
    }

    public static SagaEvent.ByPerson abort(JsonNode body, String by) {
        return new SagaEvent.AbortAsked(by, reason(body));
    }

    public static SagaEvent.ByPerson pause(JsonNode body, String by) {
        return new SagaEvent.PauseAsked(by, reason(body));
    }

    public static SagaEvent.ByPerson retry(String row, String by) {
        return new SagaEvent.RetryAsked(named(row), by);
    }

    public static SagaEvent.ByPerson skip(String row, JsonNode body, String by) {
        return new SagaEvent.SkipAsked(named(row), by, reason(body));
    }

    public static SagaEvent.ByPerson priority(JsonNode body, String by) {
        Errors errors = new Errors();
        JsonFields fields = JsonFields.of(body, errors);
        Optional<Priority> priority = fields.choice("priority", Priority.class);
        Optional<String> reason = fields.text("reason");
        fields.close();
        JsonBody.requireNone(errors);
        return new SagaEvent.PriorityAsked(priority.orElseThrow(), by, reason.orElseThrow());
    }

    /** What is no name of a row can be none of this migration's. */
    private static String named(String row) {
        if (!StepRef.isName(row)) {
            throw new ProblemException(
                    Problems.refused(Refusal.ROW_UNKNOWN, "no step or gate can have the name that was asked for"));
        }
        return row;
    }

    private static String reason(JsonNode body) {
        Errors errors = new Errors();
        JsonFields fields = JsonFields.of(body, errors);
        Optional<String> reason = fields.text("reason");
        fields.close();
        JsonBody.requireNone(errors);
        return reason.orElseThrow();
    }
}
