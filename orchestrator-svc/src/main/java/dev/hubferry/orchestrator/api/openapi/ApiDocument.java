package dev.hubferry.orchestrator.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes the OpenAPI document with what follows from an operation's shape: the errors that it can answer, the words about parameters
 * that many have, and the examples that stand in resources under its id. So nothing of this can be forgotten at a method.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
    private static final String EXAMPLES = "/openapi/";
    private static final String TOKEN = "token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> PARAMETERS = Map.of(
            "id", "the id of the migration or the plan",
            "gate", "a gate's name, such as approve-plan, as the migration's approvals and waitingFor show it",
            "webhook", "the name of a webhook, as it is configured: hubferry.webhooks.<name>",
            "letter", "the id of a dead letter",
            "row", "a row's name, such as seed-homes, as the migration's steps show it",
            "Idempotency-Key",
                    "up to 200 characters of your choice: the same request under the same key, by the same caller, happens once",
            "Last-Event-ID",
                    "the number of the last event that you have: those after it come; all, when it is left out or 0");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (ErrorAnswer answer : ErrorAnswer.values()) {
            document.getComponents().addResponse(answer.component(), answer.response());
        }
        document.getComponents().addSchema("ProblemDetail", ProblemSchema.schema());
        document.getComponents()
                .setSecuritySchemes(
                        Map.of(
                                TOKEN,
                                OASFactory.createSecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "a token whose SHA-256 is in the token file, with its roles, or one of the OpenID Connect issuer")));
        document.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> complete(path, method, operation)));
        SpecSchemas.describe(document);
        Units.describe(document);
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        // The whole API needs the token; an operation need not say so again.
        operation.setSecurity(null);
        List<Parameter> parameters =
                Optional.ofNullable(operation.getParameters()).orElse(List.of());
        for (Parameter parameter : parameters) {
            if (parameter.getDescription() == null) {
                parameter.setDescription(PARAMETERS.get(parameter.getName()));
            }
        }
        for (ErrorAnswer answer : answers(path, method, operation, parameters)) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            answer.status(),
                            OASFactory.createAPIResponse().ref("#/components/responses/" + answer.component()));
        }
        sort(operation);
        String id = String.valueOf(operation.getOperationId());
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().setRequired(true);
            Content content = OASFactory.createContent();
            operation
                    .getRequestBody()
                    .getContent()
                    .getMediaTypes()
                    .forEach((type, media) -> content.addMediaType(type, request(id, type, media)));
            operation.getRequestBody().setContent(content);
        }
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                responseExample(id, status, response);
            }
        });
    }

    private static Set<ErrorAnswer> answers(
            String path, HttpMethod method, Operation operation, List<Parameter> parameters) {
        if (path.startsWith("/api/v1/webhooks")) {
            return ofWebhooks(path, method, parameters);
        }
        TreeSet<ErrorAnswer> answers = new TreeSet<>(List.of(
                ErrorAnswer.UNAUTHORIZED, ErrorAnswer.FORBIDDEN, ErrorAnswer.TOO_MANY, ErrorAnswer.UNAVAILABLE));
        boolean body = operation.getRequestBody() != null;
        if (method == HttpMethod.POST) {
            answers.add(body ? ErrorAnswer.BAD_BODY : ErrorAnswer.BAD_KEY);
            answers.add(body ? ErrorAnswer.INVALID : ErrorAnswer.KEY_REUSED);
            answers.add(ErrorAnswer.TOO_LARGE);
            answers.add(path.contains("{") ? ErrorAnswer.REFUSED : ErrorAnswer.HELD);
        }
        if (body) {
            answers.add(ErrorAnswer.UNSUPPORTED);
        }
        if (parameters.stream().anyMatch(parameter -> parameter.getIn() == In.QUERY)) {
            answers.add(ErrorAnswer.BAD_PARAMETER);
        }
        if (path.endsWith("/receipt")) {
            answers.add(ErrorAnswer.NO_RECEIPT);
        } else if (path.contains("{")) {
            answers.add(method == HttpMethod.POST ? ErrorAnswer.NO_ROW : ErrorAnswer.NOT_FOUND);
        }
        if (path.endsWith("/events")) {
            answers.add(ErrorAnswer.BAD_EVENT_NUMBER);
            answers.remove(ErrorAnswer.TOO_MANY);
            answers.add(ErrorAnswer.TOO_MANY_STREAMS);
        }
        return answers;
    }

    /** They take neither bodies nor keys: what they do twice is done once. */
    private static Set<ErrorAnswer> ofWebhooks(String path, HttpMethod method, List<Parameter> parameters) {
        TreeSet<ErrorAnswer> answers = new TreeSet<>(List.of(
                ErrorAnswer.UNAUTHORIZED, ErrorAnswer.FORBIDDEN, ErrorAnswer.TOO_MANY, ErrorAnswer.UNAVAILABLE));
        if (parameters.stream().anyMatch(parameter -> parameter.getIn() == In.QUERY)) {
            answers.add(ErrorAnswer.BAD_PARAMETER);
        }
        if (path.contains("{")) {
            answers.add(path.contains("{letter}") ? ErrorAnswer.NO_LETTER : ErrorAnswer.NO_WEBHOOK);
        }
        if (path.endsWith("/test")) {
            answers.add(ErrorAnswer.TESTING);
        }
        if (method == HttpMethod.POST) {
            answers.add(ErrorAnswer.TOO_LARGE);
        }
        return answers;
    }

    private static void sort(Operation operation) {
        Map<String, APIResponse> sorted = new TreeMap<>(operation.getResponses().getAPIResponses());
        operation.getResponses().setAPIResponses(sorted);
    }

    /** One of its own, since those of several types may be the same object. */
    private static MediaType request(String id, String type, MediaType media) {
        MediaType own = OASFactory.createMediaType().schema(media.getSchema());
        if (type.contains("yaml")) {
            text("requests/" + id + ".yaml").ifPresent(own::setExample);
        } else {
            text("requests/" + id + ".json").map(ApiDocument::json).ifPresent(own::setExample);
        }
        return own;
    }

    /** An answer that is not what the operation usually answers has the status in its example's name. */
    private static void responseExample(String id, String status, APIResponse response) {
        if (response.getContent() == null) {
            return;
        }
        response.getContent().getMediaTypes().forEach((type, content) -> {
            if (type.contains("event-stream")) {
                text("responses/" + id + ".txt").ifPresent(content::setExample);
            } else {
                text("responses/" + id + "." + status + ".json")
                        .or(() -> text("responses/" + id + ".json"))
                        .map(ApiDocument::json)
                        .ifPresent(content::setExample);
            }
        });
    }

    private static Object json(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException("an example is no JSON", e);
        }
    }

    private static Optional<String> text(String name) {
        try (InputStream stream = ApiDocument.class.getResourceAsStream(EXAMPLES + name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
