package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.contracts.RequestType;
import dev.hubferry.orchestrator.api.limit.BodyLimit;
import dev.hubferry.orchestrator.api.limit.RateLimits;
import dev.hubferry.orchestrator.api.problem.AccessProblems;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.problem.RefusalAudit;
import dev.hubferry.orchestrator.api.security.Requester;
import dev.hubferry.orchestrator.api.security.Requesters;
import dev.hubferry.orchestrator.api.security.Requesters.Checked;
import dev.hubferry.orchestrator.api.security.Role;
import dev.hubferry.orchestrator.config.RequestsConfig;
import dev.hubferry.orchestrator.saga.EventAnswer;
import dev.hubferry.orchestrator.saga.EventRequest;
import dev.hubferry.orchestrator.saga.EventRequests;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import dev.hubferry.orchestrator.saga.RequestDesk;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out signed requests: the same use cases, checks, limits and problems as over REST.
 *
 * <pre>
 *   signed by a requester? ──no──▶ dead letters: whoever were answered might be somebody else
 *     │ has a jti?         ──no──▶ dead letters: there is nothing to answer to
 *     ▼
 *   answered before? ──yes──▶ the same answer
 *     ▼ one transaction
 *   size, rate, claims, time, role, body ──▶ use case ──▶ answer, by the outbox
 * </pre>
 */
@Singleton
public final class EventDesk implements RequestDesk {
    private final Requesters requesters;
    private final RequestsConfig config;
    private final EventRequests requests;
    private final EventActs acts;
    private final EventAnswers answers;
    private final RateLimits rates;
    private final RefusalAudit audit;
    private final Clock clock;

    EventDesk(
            Requesters requesters,
            RequestsConfig config,
            EventRequests requests,
            EventActs acts,
            EventAnswers answers,
            RateLimits rates,
            RefusalAudit audit,
            Clock clock) {
        this.requesters = requesters;
        this.config = config;
        this.requests = requests;
        this.acts = acts;
        this.answers = answers;
        this.rates = rates;
        this.audit = audit;
        this.clock = clock;
    }

    /** A request whose signature is right, and that can be answered. */
    private record Signed(Requester who, EventRequest request, int bytes, JsonNode claims) {}

    @Override
    public Optional<String> take(byte @Nullable [] value) {
        return switch (requesters.check(value)) {
            case Checked.Spurious spurious -> Optional.of(spurious.why());
            case Checked.Genuine genuine ->
                take(genuine.requester(), genuine.payload(), value == null ? 0 : value.length);
        };
    }

    private Optional<String> take(Requester who, byte[] payload, int bytes) {
        JsonNode claims;
        try {
            claims = JsonBody.parse(payload);
        } catch (ProblemException e) {
            return Optional.of("what %s signed cannot be read: %s"
                    .formatted(who.name(), e.problem().detail()));
        }
        Optional<String> id = EventClaims.id(claims);
        if (id.isEmpty()) {
            return Optional.of("what %s signed has no jti of 1 to 200 letters, digits and . _ ~ : - to answer to"
                    .formatted(who.name()));
        }
        return take(new Signed(who, new EventRequest(who.name(), id.get(), JsonBody.sha256(payload)), bytes, claims));
    }

    private Optional<String> take(Signed signed) {
        List<ProblemException> refusal = new ArrayList<>();
        EventRequests.Outcome outcome = requests.once(signed.request(), tx -> answer(tx, signed, refusal));
        return switch (outcome) {
            case ANSWERED -> {
                refusal.stream().filter(problem -> !problem.isInAudit()).forEach(problem -> putDown(signed, problem));
                yield Optional.empty();
            }
            case REPEATED -> Optional.empty();
            case ID_REUSED ->
                Optional.of("%s has used the jti before, for another request"
                        .formatted(signed.who().name()));
        };
    }

    private EventAnswer answer(Transaction tx, Signed signed, List<ProblemException> refusal) {
        try {
            requireLimits(signed);
            EventClaims claims = EventClaims.read(signed.claims(), clock.instant(), config.maxAge());
            requireRole(signed.who(), claims.type());
            return acts.act(tx, signed.request(), claims);
        } catch (ProblemException e) {
            refusal.add(e);
            return answers.refused(signed.request(), signed.claims(), e.problem());
        }
    }

    private void requireLimits(Signed signed) {
        if (signed.bytes() > BodyLimit.BYTES) {
            throw new ProblemException(Problems.tooLarge(BodyLimit.BYTES));
        }
        if (rates.takeChange(signed.who().name()) > 0) {
            throw new ProblemException(Problems.tooManyCalls(signed.who().name(), false));
        }
    }

    private static void requireRole(Requester who, RequestType type) {
        String needed = type == RequestType.ANSWER_GATE ? Role.APPROVER : Role.OPERATOR;
        if (!who.roles().contains(needed)) {
            throw new ProblemException(AccessProblems.forbiddenKey(who.name(), who.roles(), needed));
        }
    }

    private void putDown(Signed signed, ProblemException refusal) {
        JsonNode claims = signed.claims();
        String action = RequestType.find(claims.path("type").asText())
                .map(RequestType::wireName)
                .orElse("a request by event");
        audit.put(
                signed.who().name(),
                Optional.of(claims.path("migration").asText()).filter(id -> !id.isEmpty()),
                action,
                refusal.problem());
    }
}
