package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.api.view.DeadLettersView;
import dev.hubferry.orchestrator.api.view.WebhooksView;
import dev.hubferry.orchestrator.webhook.WebhookSender.Answer;
import dev.hubferry.orchestrator.webhook.WebhookStore.DeadLetter;
import dev.hubferry.orchestrator.webhook.Webhooks;
import dev.hubferry.orchestrator.webhook.Webhooks.Tested;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Receivers of events, over REST. They are configured, and nothing here adds or changes one. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, MediaTypes.YAML, MediaTypes.X_YAML, MediaTypes.TEXT_YAML})
@RunOnVirtualThread
@Tag(name = "webhooks")
public class WebhooksResource {
    private final Webhooks webhooks;

    WebhooksResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** @param redelivering how many dead letters are being sent again */
    public record Redelivery(int redelivering) {}

    /**
     * What became of a test.
     *
     * @param reason why the receiver did not take it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record TestResult(boolean delivered, Optional<String> reason) {
        static TestResult of(Answer answer) {
            return switch (answer) {
                case Answer.Taken _ -> new TestResult(true, Optional.empty());
                case Answer.Gone(String reason) -> new TestResult(false, Optional.of(reason));
                case Answer.Failed failed -> new TestResult(false, Optional.of(failed.reason()));
            };
        }
    }

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "showWebhooks",
            summary = "Shows who is told of events, and whether they take them",
            description =
                    "Every webhook that is configured, or was of late. Nothing is asked of them for this request.")
    public WebhooksView show() {
        return WebhooksView.of(webhooks.all());
    }

    @GET
    @Path("/{webhook}/dead-letters")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.APPROVER})
    @Operation(
            operationId = "listDeadLetters",
            summary = "Shows events that a webhook did not take",
            description =
                    "An event goes there when its receiver has taken nothing of the migration for a day, or says 410. Dead letters are kept for a month.")
    public DeadLettersView deadLetters(
            @PathParam("webhook") String webhook,
            @Parameter(description = "most dead letters of a page, up to 200; 50 when left out", example = "50")
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(description = "the id of a dead letter: only those behind it", example = "17")
                    @QueryParam("after")
                    @Nullable
                    String after) {
        int most = (int) number("limit", limit, ListParameters.DEFAULT_PAGE, 1, ListParameters.LARGEST_PAGE);
        long behind = number("after", after, 0, 0, Long.MAX_VALUE);
        require(webhook);
        List<DeadLetter> letters = webhooks.deadLetters(webhook, behind, most + 1);
        List<DeadLetter> page = letters.subList(0, Math.min(letters.size(), most));
        Optional<String> next = letters.size() > most
                ? Optional.of("/api/v1/webhooks/%s/dead-letters?limit=%d&after=%d"
                        .formatted(webhook, most, page.getLast().id()))
                : Optional.empty();
        return DeadLettersView.of(page, next);
    }

    @POST
    @Path("/{webhook}/dead-letters/redeliver")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "redeliverAll",
            summary = "Sends everything again that a webhook did not take",
            description =
                    "Those of a migration one after the other, in their order, but beside newer events. Takes no body. Asked twice, it does the same as once.")
    public Redelivery redeliverAll(@PathParam("webhook") String webhook, @Context SecurityContext security) {
        require(webhook);
        return new Redelivery(webhooks.redeliver(webhook, OptionalLong.empty(), name(security)));
    }

    @POST
    @Path("/{webhook}/dead-letters/{letter}/redeliver")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "redeliver",
            summary = "Sends one event again that a webhook did not take",
            description =
                    "When it is taken it is a dead letter no more; when not, it stays one. Takes no body. Asked twice, it does the same as once.")
    public Redelivery redeliver(
            @PathParam("webhook") String webhook,
            @PathParam("letter") String letter,
            @Context SecurityContext security) {
        require(webhook);
        int letters = webhooks.redeliver(webhook, id(webhook, letter), name(security));
        if (letters == 0) {
            throw new ProblemException(Problems.noDeadLetter(webhook, letter));
        }
        return new Redelivery(letters);
    }

    @POST
    @Path("/{webhook}/test")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "testWebhook",
            summary = "Sends a receiver an event of the type hubferry.webhook-test.v1, and answers what became of it",
            description =
                    "It is sent once, at once, by the replica that was asked. When the receiver takes it, what waits for another attempt is sent at once. Takes no body.")
    public TestResult test(@PathParam("webhook") String webhook, @Context SecurityContext security)
            throws InterruptedException {
        return switch (webhooks.test(webhook, name(security))) {
            case Tested.Done done -> TestResult.of(done.answer());
            case Tested.Busy _ -> throw new ProblemException(Problems.testUnderWay(webhook));
            case Tested.Unknown _ -> throw new ProblemException(Problems.noWebhook(webhook));
        };
    }

    private void require(String webhook) {
        if (!webhooks.knows(webhook)) {
            throw new ProblemException(Problems.noWebhook(webhook));
        }
    }

    private static OptionalLong id(String webhook, String letter) {
        try {
            return OptionalLong.of(Long.parseLong(letter));
        } catch (NumberFormatException e) {
            throw new ProblemException(Problems.noDeadLetter(webhook, letter));
        }
    }

    private static long number(String name, @Nullable String text, long usual, long least, long most) {
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As one that is out of bounds.
        }
        throw new ProblemException(Problems.badParameter(
                "%s must be a whole number from %d to %d, but was '%s'".formatted(name, least, most, text)));
    }

    private static String name(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }
}
