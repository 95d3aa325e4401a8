package dev.hubferry.orchestrator.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.limit.BodyLimit;
import dev.hubferry.orchestrator.api.problem.AccessProblems;
import dev.hubferry.orchestrator.api.problem.ProblemDetail;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.spec.SpecError;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Every answer that is a problem, with what the API really says then. */
enum ErrorAnswer {
    BAD_BODY(
            "400",
            "the body is no JSON or YAML, or a header is wrong",
            Problems.malformedJson("line 3, column 5: Unexpected character ('}' (code 125))"),
            Problems.malformedYaml("line 3, column 5: the key 'name' comes a second time"),
            Sample.BAD_KEY),
    BAD_KEY("400", "a header is wrong", Sample.BAD_KEY),
    BAD_EVENT_NUMBER(
            "400",
            "Last-Event-ID is no number of an event",
            Problems.badHeader("Last-Event-ID must be an event's number, a whole one from 0 on, but was 'x'")),
    BAD_PARAMETER(
            "400",
            "a parameter of the query is wrong or unknown; the detail names each, what it was, and what is possible",
            Problems.badParameter("limit must be a whole number from 1 to 200, but was '0'")),
    UNAUTHORIZED("401", "there is no token, or no such token", AccessProblems.noToken()),
    FORBIDDEN(
            "403",
            "the token's roles are not enough",
            AccessProblems.forbidden("olga", Set.of(Role.VIEWER), Set.of(Role.OPERATOR))),
    NOT_FOUND("404", "there is no such migration or plan", Sample.NO_MIGRATION),
    NO_ROW(
            "404",
            "there is no such migration, step or gate",
            Sample.NO_MIGRATION,
            Problems.refused(Refusal.ROW_UNKNOWN, "migrate-hub/5 has no step 'seed-hoems'"),
            Problems.refused(Refusal.GATE_UNKNOWN, "migrate-hub/5 has no gate 'approve-all'")),
    NO_RECEIPT(
            "404",
            "there is no such migration, or its homes have not been verified: the type tells which",
            Sample.NO_MIGRATION,
            Problems.noReceipt(new MigrationId(Sample.ID), "verify-homes")),
    NO_WEBHOOK("404", "there is no such webhook", Problems.noWebhook("chat")),
    NO_LETTER(
            "404",
            "there is no such webhook or dead letter",
            Problems.noWebhook("chat"),
            Problems.noDeadLetter("chat", "17")),
    HELD(
            "409",
            "another migration has a hub, home directory or name of this one",
            Problems.held(
                    "hub:old/astro belongs to migration " + Sample.ID,
                    Sample.ID + " is RUNNING: wait until it has ended, or abort it before its pivot",
                    List.of(Sample.ID))),
    REFUSED(
            "409",
            "not possible now; the detail says why",
            Problems.refused(Refusal.GATE_NOT_WAITING, "approve-downtime does not wait for an answer"),
            Problems.refused(Refusal.FOUR_EYES, "olga requested the migration, and it wants four eyes"),
            Problems.refused(Refusal.OVER_BUDGET, "the final pass may take up to PT14M, and its budget is PT10M"),
            Problems.refused(Refusal.NO_BUDGET, "approve-plan has no budget that could be passed"),
            Problems.refused(Refusal.NOTHING_FAILED, "seed-homes has not failed"),
            Problems.refused(Refusal.NOT_SKIPPABLE, "switch-record may not be skipped"),
            Problems.refused(Refusal.NOT_RUNNING, "the migration is COMPENSATING"),
            Problems.refused(Refusal.PIVOT_PASSED, "open-target was sent: users may have written on the new hub"),
            Problems.refused(Refusal.ENDED, "the migration is COMPLETED"),
            Problems.refused(Refusal.PARKED, "the migration is PARKED at seed-homes")),
    TESTING("409", "another test of the webhook is under way", Problems.testUnderWay("chat")),
    TOO_LARGE("413", "the body has more than 256 KiB", Problems.tooLarge(BodyLimit.BYTES)),
    UNSUPPORTED("415", "the body is of another media type", Problems.ofHttp(415, "Unsupported Media Type")),
    INVALID(
            "422",
            "the body is wrong, and every error is listed; or the Idempotency-Key belongs to another request",
            Problems.invalid(List.of(
                    new SpecError("#/source/cluster", "no cluster connection is called 'olt'", "did you mean 'old'?"),
                    new SpecError(
                            "#/dns/cutover_ttl", "'cutover_ttl' is not known here", "did you mean 'cutoverTtl'?"))),
            Sample.KEY_REUSED),
    KEY_REUSED("422", "the Idempotency-Key belongs to another request", Sample.KEY_REUSED),
    TOO_MANY(
            "429",
            "the caller, or for calls without a valid token its address, has made too many calls",
            Problems.tooManyCalls("vera", true),
            Problems.tooManyGuesses()),
    TOO_MANY_STREAMS(
            "429",
            "the caller has made too many calls, or has too many streams open",
            Problems.tooManyCalls("vera", true),
            Problems.tooManyGuesses(),
            Problems.tooManyStreams("vera", 50)),
    UNAVAILABLE(
            "503",
            "the database does not answer, or the migration was begun by a newer version; the detail says which",
            Problems.unavailable(),
            Problems.notOurs(
                    new Kept.NotOurs(new MigrationId(Sample.ID), "astro", "migrate-hub/6", "RUNNING", Instant.EPOCH)));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String status;
    private final String description;
    private final List<ProblemDetail> problems;

    ErrorAnswer(String status, String description, ProblemDetail... problems) {
        this.status = status;
        this.description = description;
        this.problems = List.of(problems);
    }

    /** What more than one answer says. */
    private static final class Sample {
        static final String ID = "m-9f2c4a7d1e";
        static final ProblemDetail NO_MIGRATION = Problems.notFound("no migration is called 'm-1'");
        static final ProblemDetail BAD_KEY = Problems.badHeader("Idempotency-Key is longer than 200 characters");
        static final ProblemDetail KEY_REUSED = Problems.keyReused(new MigrationId(ID));
    }

    String status() {
        return status;
    }

    /** Its name among the document's components. */
    String component() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    APIResponse response() {
        MediaType content = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/ProblemDetail"));
        for (ProblemDetail problem : problems) {
            content.addExample(problem.type().substring(problem.type().lastIndexOf(':') + 1), example(problem));
        }
        APIResponse response = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent().addMediaType(Problems.MEDIA_TYPE, content));
        if (status.equals("429") || status.equals("503")) {
            response.addHeader("Retry-After", retryAfter());
        }
        return response;
    }

    private static Header retryAfter() {
        return OASFactory.createHeader()
                .description("seconds until it is worth asking again")
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
    }

    private static Example example(ProblemDetail problem) {
        Map<?, ?> value = JSON.convertValue(problem, LinkedHashMap.class);
        return OASFactory.createExample().summary(problem.title()).value(value);
    }
}
