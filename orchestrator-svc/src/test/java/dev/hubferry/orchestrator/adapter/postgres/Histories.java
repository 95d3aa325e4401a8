package dev.hubferry.orchestrator.adapter.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.Outgoing;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaRig;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Histories of sagas as lines of JSON: what came in, what was sent and what the public was told of it. */
final class Histories {
    private static final JsonMapper MAPPER = WireJson.mapper();

    private Histories() {}

    /**
     * @param sent commands such as {@code seed-homes/do/1}, withdrawals such as {@code withdraw seed-homes/do/1}
     * @param timers that were set, such as {@code wait/soak at 2026-11-23T10:00:00Z}; none of histories before they were recorded
     */
    record Line(Instant at, JsonNode in, List<String> sent, List<JsonNode> told, Optional<List<String>> timers) {}

    static Line line(SagaRig.Turn turn) {
        return new Line(
                turn.at(),
                in(turn),
                sent(turn.decision()),
                told(turn.decision()),
                Optional.of(timers(turn.decision())));
    }

    static String write(Line line) {
        try {
            return MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Line read(String text) {
        try {
            return MAPPER.readValue(text, Line.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static SagaEvent event(JsonNode in) {
        return switch (in.path("what").asText()) {
            case "replied" -> new SagaEvent.Replied(ref(in.path("step").asText()), reply(in), Map.of());
            case "timer" ->
                new SagaEvent.TimerFired(TimerKeyText.read(in.path("key").asText()));
            case "gate" ->
                new SagaEvent.GateAnswered(
                        in.path("gate").asText(),
                        in.path("approved").asBoolean(),
                        in.path("by").asText(),
                        "",
                        in.path("overBudget").isTextual()
                                ? Optional.of(in.path("overBudget").asText())
                                : Optional.empty());
            case "status" ->
                new SagaEvent.StatusTold(
                        ref(in.path("step").asText()),
                        CommandStatus.Stage.valueOf(in.path("stage").asText()));
            case "pause" ->
                new SagaEvent.PauseAsked(
                        in.path("by").asText(), in.path("reason").asText());
            case "resume" -> new SagaEvent.ResumeAsked(in.path("by").asText());
            case "retry" ->
                new SagaEvent.RetryAsked(in.path("row").asText(), in.path("by").asText());
            case "skip" ->
                new SagaEvent.SkipAsked(
                        in.path("row").asText(),
                        in.path("by").asText(),
                        in.path("reason").asText());
            case "granted" -> new SagaEvent.SlotsGranted(in.path("step").asText());
            case "priority" ->
                new SagaEvent.PriorityAsked(
                        Priority.valueOf(in.path("priority").asText()),
                        in.path("by").asText(),
                        in.path("reason").asText());
            case "abort" ->
                new SagaEvent.AbortAsked(
                        in.path("by").asText(), in.path("reason").asText());
            case String what -> throw new IllegalStateException("a history has something called " + what);
        };
    }

    private static JsonNode in(SagaRig.Turn turn) {
        ObjectNode in = MAPPER.createObjectNode();
        if (turn.event().isEmpty()) {
            return in.put("what", "begin");
        }
        return switch (turn.event().get()) {
            case SagaEvent.Replied replied ->
                in.put("what", "replied")
                        .put("step", text(replied.step()))
                        .put("type", WireTypes.nameOf(replied.reply().getClass()))
                        .set("reply", MAPPER.valueToTree(replied.reply()));
            case SagaEvent.TimerFired fired -> in.put("what", "timer").put("key", TimerKeyText.write(fired.key()));
            case SagaEvent.GateAnswered answered -> {
                in.put("what", "gate")
                        .put("gate", answered.gate())
                        .put("approved", answered.approved())
                        .put("by", answered.by());
                answered.overBudget().ifPresent(why -> in.put("overBudget", why));
                yield in;
            }
            case SagaEvent.SlotsGranted granted -> in.put("what", "granted").put("step", granted.step());
            case SagaEvent.PriorityAsked asked ->
                in.put("what", "priority")
                        .put("priority", asked.priority().name())
                        .put("by", asked.by())
                        .put("reason", asked.reason());
            case SagaEvent.AbortAsked asked ->
                in.put("what", "abort").put("by", asked.by()).put("reason", asked.reason());
            case SagaEvent.StatusTold told ->
                in.put("what", "status")
                        .put("step", text(told.step()))
                        .put("stage", told.stage().name());
            case SagaEvent.PauseAsked asked ->
                in.put("what", "pause").put("by", asked.by()).put("reason", asked.reason());
            case SagaEvent.ResumeAsked asked -> in.put("what", "resume").put("by", asked.by());
            case SagaEvent.RetryAsked asked ->
                in.put("what", "retry").put("row", asked.row()).put("by", asked.by());
            case SagaEvent.SkipAsked asked ->
                in.put("what", "skip")
                        .put("row", asked.row())
                        .put("by", asked.by())
                        .put("reason", asked.reason());
        };
    }

    static List<String> sent(Decision decision) {
        return decision instanceof Decision.Advance advance
                ? advance.outgoing().stream().map(Histories::text).toList()
                : List.of();
    }

    static List<String> timers(Decision decision) {
        return decision instanceof Decision.Advance advance
                ? advance.timers().stream()
                        .map(alarm -> TimerKeyText.write(alarm.key()) + " at " + alarm.dueAt())
                        .toList()
                : List.of();
    }

    static List<JsonNode> told(Decision decision) {
        return decision instanceof Decision.Advance advance
                ? advance.events().stream().map(Histories::told).toList()
                : List.of();
    }

    private static JsonNode told(MigrationEvent event) {
        ObjectNode told = MAPPER.createObjectNode().put("type", WireTypes.nameOf(event.getClass()));
        // What was asked for is the same in every history, and grows with every version.
        if (event instanceof MigrationEvent.MigrationRequested) {
            return told;
        }
        told.setAll(asRead(event));
        // Told since later than most histories, and a function of the code and the problems.
        told.remove("category");
        return told;
    }

    /** As it comes out of a file, where a number does not say how long it may get. */
    private static ObjectNode asRead(MigrationEvent event) {
        try {
            return (ObjectNode) MAPPER.readTree(MAPPER.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Outgoing outgoing) {
        return switch (outgoing) {
            case Outgoing.Send send -> text(send.step());
            case Outgoing.Withdraw withdraw -> "withdraw " + text(withdraw.step());
            case Outgoing.Inquire inquire -> "inquire " + text(inquire.step());
        };
    }

    private static String text(StepRef step) {
        return "%s/%s/%d".formatted(step.name(), step.direction().wireName(), step.attempt());
    }

    private static StepRef ref(String text) {
        String[] parts = text.split("/", -1);
        StepRef.Direction direction = Arrays.stream(StepRef.Direction.values())
                .filter(candidate -> candidate.wireName().equals(parts[1]))
                .findFirst()
                .orElseThrow();
        return new StepRef(parts[0], direction, Integer.parseInt(parts[2]));
    }

    private static Reply reply(JsonNode in) {
        Class<? extends Body> type = WireTypes.find(in.path("type").asText()).orElseThrow();
        return (Reply) MAPPER.convertValue(in.path("reply"), type);
    }
}
