package dev.hubferry.orchestrator.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.spec.SpecError;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/** Every problem that the API answers with. */
@Singleton
public final class Problems {
    public static final String MEDIA_TYPE = "application/problem+json";

    private final ObjectMapper json;
    private final ProblemPages pages;

    Problems(ObjectMapper json, ProblemPages pages) {
        this.json = json;
        this.pages = pages;
    }

    /** For those places that no JAX-RS writer reaches. */
    public String json(ProblemDetail problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written as JSON", e);
        }
    }

    /** Ends a request that JAX-RS does not get to see. */
    public void send(RoutingContext context, ProblemDetail problem) {
        boolean person = pages.isFor(context);
        var unused = context.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", person ? "text/html;charset=UTF-8" : MEDIA_TYPE)
                .end(person ? pages.page(context, problem) : json(problem));
    }

    /** @param wait seconds until it is worth asking again */
    public void send(RoutingContext context, ProblemDetail problem, long wait) {
        context.response().putHeader("Retry-After", Long.toString(wait));
        send(context, problem);
    }

    public static ProblemDetail malformedJson(String where) {
        return plain("malformed-json", "The body is no JSON", 400, where, "send one JSON object in UTF-8");
    }

    public static ProblemDetail malformedYaml(String where) {
        return plain(
                "malformed-yaml",
                "The body is no YAML that is read here",
                400,
                where,
                "send one YAML document in UTF-8 that says what JSON could say: no anchors, aliases or tags");
    }

    /** @param most bytes of a body */
    public static ProblemDetail tooLarge(int most) {
        return plain(
                "too-large",
                "The body is too large",
                413,
                "the body is larger than %d bytes (%d KiB)".formatted(most, most / 1024),
                "shorten it; nothing of it was kept");
    }

    public static ProblemDetail tooManyCalls(String caller, boolean read) {
        return plain(
                "too-many-calls",
                "There were too many calls",
                429,
                "%s has made more calls that %s than hubferry.rates allows"
                        .formatted(caller, read ? "read" : "may change something"),
                "wait as many seconds as Retry-After says; /api/v1/migrations/{id}/events tells what happens without asking");
    }

    public static ProblemDetail tooManyGuesses() {
        return plain(
                "too-many-guesses",
                "There were too many calls without a valid token",
                429,
                "from this address came more calls without a valid token than hubferry.rates.guesses allows; until there are"
                        + " fewer none is answered, whatever its token",
                "wait as many seconds as Retry-After says, and correct the token");
    }

    public static ProblemDetail tooManyStreams(String caller, int most) {
        return plain(
                "too-many-streams",
                "Too many event streams are open",
                429,
                "%s has %d event streams open, as many as hubferry.rates.streams allows".formatted(caller, most),
                "close one; a stream whose client has gone is found out within some ten seconds");
    }

    public static ProblemDetail foreignForm(String detail) {
        return plain(
                "foreign-form",
                "The form was not sent by this page",
                403,
                detail,
                "open the page itself, and send its form there; behind a proxy, let it pass on the header Host as the browser sends it");
    }

    public static ProblemDetail staleForm() {
        return plain(
                "stale-form",
                "The form is too old",
                400,
                "the form was made for another visit, or the browser takes no cookies; nothing was changed",
                "go back, load the page anew, and send the form again");
    }

    public static ProblemDetail badHeader(String detail) {
        return plain("bad-header", "A header is wrong", 400, detail, "correct the header");
    }

    public static ProblemDetail badParameter(String detail) {
        return plain("bad-parameter", "A parameter is wrong", 400, detail, "correct the query");
    }

    /** Of a request that came by event. */
    public static ProblemDetail notOfNow(String detail) {
        return plain(
                "not-of-now",
                "The request is not of now",
                400,
                detail,
                "sign it anew, under another jti, right before it is sent; and set the clock right");
    }

    public static ProblemDetail notFound(String what) {
        return plain("not-found", "There is no such thing", 404, what, "look at GET /api/v1/migrations");
    }

    public static ProblemDetail noPlan(String id) {
        return plain(
                "no-plan",
                "There is no such plan",
                404,
                "no plan is called '" + id + "', or not any more: plans are kept for some days",
                "ask for a new one: POST /api/v1/migrations?dryRun=true");
    }

    /** @param step that makes it */
    public static ProblemDetail noReceipt(MigrationId migration, String step) {
        return plain(
                "no-receipt",
                "There is no receipt yet",
                404,
                "%s has no receipt: step %s makes it, and has not succeeded".formatted(migration, step),
                "see GET /api/v1/migrations/%s/steps".formatted(migration));
    }

    public static ProblemDetail noWebhook(String name) {
        return plain(
                "no-webhook",
                "There is no such webhook",
                404,
                "no webhook is called '" + name + "', or this replica is not configured with it",
                "see GET /api/v1/webhooks, and hubferry.webhooks in the configuration of every replica");
    }

    public static ProblemDetail noDeadLetter(String webhook, String letter) {
        return plain(
                "no-dead-letter",
                "There is no such dead letter",
                404,
                "webhook %s has no dead letter %s: it may have been delivered, or deleted for its age"
                        .formatted(webhook, letter),
                "see GET /api/v1/webhooks/%s/dead-letters".formatted(webhook));
    }

    public static ProblemDetail testUnderWay(String webhook) {
        return plain(
                "test-under-way",
                "A test of the webhook is under way",
                409,
                "webhook %s is being tested for somebody else".formatted(webhook),
                "ask again in some seconds");
    }

    public static ProblemDetail invalid(List<SpecError> errors) {
        return new ProblemDetail(
                "urn:hubferry:problem:invalid",
                "The body is not right",
                422,
                errors.size() == 1 ? "one error was found" : errors.size() + " errors were found",
                "correct every one of errors and send the request again",
                errors,
                List.of());
    }

    public static ProblemDetail keyReused(MigrationId first) {
        return new ProblemDetail(
                "urn:hubferry:problem:idempotency-key-reused",
                "The Idempotency-Key belongs to another request",
                422,
                "the key was used before, with another body, for migration " + first,
                "use a new key for a new request",
                List.of(),
                List.of(first.value()));
    }

    /** @param migrations those that hold it */
    public static ProblemDetail held(String detail, String remedy, List<String> migrations) {
        return new ProblemDetail(
                "urn:hubferry:problem:held-by-another-migration",
                "Another migration has what this one needs",
                409,
                detail,
                remedy,
                List.of(),
                migrations);
    }

    /** @param what it was that had to be ticked */
    public static ProblemDetail notConfirmed(String what) {
        return plain(
                "not-confirmed",
                "It was not confirmed",
                400,
                "'%s' was not ticked; nothing was changed".formatted(what),
                "tick it, and send the form again");
    }

    public static ProblemDetail refused(Refusal refusal, String reason) {
        return switch (refusal) {
            case GATE_UNKNOWN ->
                plain("gate-unknown", "There is no such gate", 404, reason, "see the migration's approvals");
            case GATE_NOT_WAITING ->
                plain(
                        "gate-not-waiting",
                        "The gate does not wait for an answer",
                        409,
                        reason,
                        "answer the gate that waitingFor names");
            case FOUR_EYES -> plain("four-eyes", "Somebody else has to approve", 409, reason, "ask another approver");
            case OVER_BUDGET ->
                plain(
                        "over-budget",
                        "The final pass may take longer than its budget",
                        409,
                        reason,
                        "approve with overBudget and the reason why it may take longer; or abort, and request the move again with"
                                + " homes.existing ADOPT_OWN, which goes on from the homes copied so far, and with another budget if"
                                + " need be; waiting does not help, since changes gather");
            case NO_BUDGET -> plain("no-budget", "There is no budget to pass", 409, reason, "leave overBudget out");
            case ROW_UNKNOWN -> plain("row-unknown", "There is no such step", 404, reason, "see the migration's steps");
            case NOTHING_FAILED ->
                plain("nothing-failed", "There is nothing to put right", 409, reason, "see the migration's steps");
            case NOT_SKIPPABLE ->
                plain("not-skippable", "The step may not be skipped", 409, reason, "retry it, or abort the migration");
            case NOT_RUNNING ->
                plain("not-running", "The migration is not on its way forward", 409, reason, "look at its state");
            case PIVOT_PASSED ->
                plain("pivot-passed", "It is too late to abort", 409, reason, "let the migration go forward");
            case ENDED -> plain("ended", "The migration has ended", 409, reason, "request a new migration");
            case PARKED ->
                plain("parked", "The migration is parked", 409, reason, "put right what the cause names, then retry");
        };
    }

    public static ProblemDetail unavailable() {
        return plain(
                "unavailable",
                "The database does not answer",
                503,
                "nothing is known to have changed",
                "send the request again, with the same Idempotency-Key");
    }

    /** For what only a newer replica can do or show. */
    public static ProblemDetail notOurs(Kept.NotOurs migration) {
        return plain(
                "definition-unknown",
                "This replica is older than the migration",
                503,
                "%s is on definition %s, which this replica does not know; nothing has changed"
                        .formatted(migration.migration(), migration.definition()),
                "send the request again, or to another replica; a newer one knows the definition, and while there is none"
                        + " the migration waits for it");
    }

    public static ProblemDetail broken() {
        return plain(
                "internal-error", "Hubferry has an error", 500, "its log has the rest", "tell who operates Hubferry");
    }

    /** For what HTTP itself has a word. */
    public static ProblemDetail ofHttp(int status, String title) {
        return switch (status) {
            case 404 -> notFound("there is nothing under this path");
            case 405 ->
                plain("method-not-allowed", title, status, "the path knows other methods", "see the header Allow");
            case 406 ->
                plain("not-acceptable", title, status, "no such media type is offered", "accept application/json");
            case 415 ->
                plain(
                        "unsupported-media-type",
                        title,
                        status,
                        "the body's media type is not read",
                        "send application/json or application/yaml, and say so in Content-Type");
            default -> plain("http-" + status, title, status, title, "correct the request");
        };
    }

    private static ProblemDetail plain(String name, String title, int status, String detail, String remedy) {
        return new ProblemDetail("urn:hubferry:problem:" + name, title, status, detail, remedy, List.of(), List.of());
    }
}
