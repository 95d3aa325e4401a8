package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hubferry.contracts.RequestType;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.spec.Errors;
import dev.hubferry.orchestrator.api.spec.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a signed request asks for.
 *
 * @param migration empty when the type is about none
 * @param row empty when the type is about none
 * @param data missing when the type has none
 */
record EventClaims(RequestType type, String migration, String row, JsonNode data) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~:-]{1,200}");
    private static final long LATEST = 253_402_300_799L;
    /** By how much clocks may differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** What it is called; without that nobody can be answered. */
    static Optional<String> id(JsonNode claims) {
        return Optional.of(claims.path("jti").asText())
                .filter(id -> ID.matcher(id).matches());
    }

    /** @throws ProblemException 422 with every error, 400 when it is over or not yet, or when YAML in it is none */
    static EventClaims read(JsonNode claims, Instant now, Duration maxAge) {
        Errors errors = new Errors();
        JsonFields fields = JsonFields.of(claims, errors);
        var unused = fields.text("jti");
        OptionalLong iat = fields.whole("iat", 0, LATEST);
        OptionalLong exp = fields.whole("exp", 0, LATEST);
        Optional<RequestType> type = fields.text("type").flatMap(name -> type(fields, name));
        String migration = type.filter(EventClaims::isAboutMigration).isPresent() ? text(fields, "migration") : "";
        String row = type.filter(EventClaims::isAboutRow).isPresent() ? text(fields, "row") : "";
        Optional<JsonNode> data =
                type.filter(EventClaims::hasData).isPresent() ? fields.optionalNode("data") : Optional.empty();
        if (type.filter(EventClaims::hasData).isPresent() && data.isEmpty()) {
            fields.wrong("data", "is missing", "add it");
        }
        // Without a known type nobody can say what else it may have.
        if (type.isPresent()) {
            fields.close();
        }
        JsonBody.requireNone(errors);
        requireNow(iat.orElseThrow(), exp.orElseThrow(), now, maxAge);
        return new EventClaims(
                type.orElseThrow(),
                migration,
                row,
                data.map(EventClaims::parsed).orElse(MissingNode.getInstance()));
    }

    private static String text(JsonFields fields, String name) {
        return fields.text(name).orElse("");
    }

    private static Optional<RequestType> type(JsonFields fields, String name) {
        Optional<RequestType> type = RequestType.find(name);
        if (type.isEmpty()) {
            fields.wrong(
                    "type",
                    "'" + name + "' is not known",
                    Arrays.stream(RequestType.values())
                            .map(RequestType::wireName)
                            .collect(Collectors.joining(", ", "use one of ", "")));
        }
        return type;
    }

    private static void requireNow(long iat, long exp, Instant now, Duration maxAge) {
        Instant made = Instant.ofEpochSecond(iat);
        Instant end = Instant.ofEpochSecond(exp);
        if (!now.isBefore(end)) {
            throw new ProblemException(
                    Problems.notOfNow("it was over at %s (exp), and now it is %s".formatted(end, now)));
        }
        if (made.minus(SKEW).isAfter(now)) {
            throw new ProblemException(
                    Problems.notOfNow("it was signed at %s (iat), and now it is only %s".formatted(made, now)));
        }
        if (end.isAfter(made.plus(maxAge))) {
            throw new ProblemException(
                    Problems.notOfNow("it is good from %s (iat) to %s (exp), longer than %s (hubferry.requests.max-age)"
                            .formatted(made, end, maxAge)));
        }
    }

    /** A text is YAML. */
    private static JsonNode parsed(JsonNode data) {
        return data.isTextual() ? YamlBody.parse(data.textValue().getBytes(UTF_8)) : data;
    }

    private static boolean isAboutMigration(RequestType type) {
        return switch (type) {
            case PLAN, MIGRATION -> false;
            case ANSWER_GATE, PAUSE, RESUME, RETRY, SKIP, PRIORITY, ABORT -> true;
        };
    }

    private static boolean isAboutRow(RequestType type) {
        return switch (type) {
            case ANSWER_GATE, RETRY, SKIP -> true;
            case PLAN, MIGRATION, PAUSE, RESUME, PRIORITY, ABORT -> false;
        };
    }

    private static boolean hasData(RequestType type) {
        return switch (type) {
            case PLAN, MIGRATION, ANSWER_GATE, PAUSE, SKIP, PRIORITY, ABORT -> true;
            case RESUME, RETRY -> false;
        };
    }
}
