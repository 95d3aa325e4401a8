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

/** What people say of a migration, read from the body of a request, whichever way that came. All throw 422 with every error. */
final class Words {
    private Words() {}

    static SagaEvent.GateAnswered answer(String gate, String by, JsonNode body) {
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

    static SagaEvent.PriorityAsked priority(String by, JsonNode body) {
        Errors errors = new Errors();
        JsonFields fields = JsonFields.of(body, errors);
        Optional<Priority> priority = fields.choice("priority", Priority.class);
        Optional<String> reason = fields.text("reason");
        fields.close();
        JsonBody.requireNone(errors);
        return new SagaEvent.PriorityAsked(priority.orElseThrow(), by, reason.orElseThrow());
    }

    static SagaEvent.AbortAsked abort(String by, JsonNode body) {
        return new SagaEvent.AbortAsked(by, reason(body));
    }

    static SagaEvent.PauseAsked pause(String by, JsonNode body) {
        return new SagaEvent.PauseAsked(by, reason(body));
    }

    static SagaEvent.SkipAsked skip(String row, String by, JsonNode body) {
        String reason = reason(body);
        return new SagaEvent.SkipAsked(named(row), by, reason);
    }

    static SagaEvent.RetryAsked retry(String row, String by) {
        return new SagaEvent.RetryAsked(named(row), by);
    }

    private static String reason(JsonNode body) {
        Errors errors = new Errors();
        JsonFields fields = JsonFields.of(body, errors);
        Optional<String> reason = fields.text("reason");
        fields.close();
        JsonBody.requireNone(errors);
        return reason.orElseThrow();
    }

    /** What is no name of a row can be none of this migration's. */
    private static String named(String row) {
        if (!StepRef.isName(row)) {
            throw new ProblemException(
                    Problems.refused(Refusal.ROW_UNKNOWN, "no step or gate can have the name that was asked for"));
        }
        return row;
    }
}
