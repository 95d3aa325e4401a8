package dev.hubferry.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hubferry.contracts.RequestAnswer.PlanReady;
import dev.hubferry.contracts.RequestAnswer.RequestAccepted;
import dev.hubferry.contracts.RequestAnswer.RequestRefused;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request by event, and one answer of each kind. */
final class AnswerExamples {
    private static final String REQUEST = "pipeline-4711";
    private static final String BY = "key:ci";

    private AnswerExamples() {}

    static RequestClaims claims() {
        long at = EventExamples.AT.getEpochSecond();
        return new RequestClaims(
                REQUEST,
                at,
                at + 300,
                RequestType.ANSWER_GATE,
                Optional.of(EventExamples.MIGRATION.value()),
                Optional.of("approve-plan"),
                Optional.of(Map.of("approved", true)));
    }

    /** With something in the place of the signature that is none. */
    static String signed() {
        try {
            return base64("{\"alg\":\"EdDSA\",\"kid\":\"ci\"}") + "."
                    + base64(AsyncApi.JSON.writeValueAsString(claims())) + "." + "c2lnbmF0dXJl";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<RequestAnswer> all() {
        String migration = EventExamples.MIGRATION.value();
        return List.of(
                new RequestAccepted(
                        REQUEST,
                        BY,
                        RequestType.ANSWER_GATE.wireName(),
                        migration,
                        Map.of("id", migration, "state", "RUNNING")),
                new RequestRefused(
                        REQUEST,
                        BY,
                        Optional.of(RequestType.ANSWER_GATE.wireName()),
                        Optional.of(migration),
                        Map.of("type", "urn:hubferry:problem:gate-not-waiting", "status", 409)),
                new PlanReady(REQUEST, BY, "plan-astro-to-the-new-cluster-9x3f", Map.of("verdict", "READY")));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
