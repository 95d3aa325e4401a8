package dev.hubferry.orchestrator.adapter.postgres;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Hold;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.TimerState;
import java.util.regex.Pattern;

/** The state of a saga as JSON. Its words are logical names, never those of classes, and outlive any renaming of these. */
final class StateJson {
    /** The escape itself, not the text of a backslash and what follows it. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

    private static final JsonMapper MAPPER = mapper();

    private StateJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
    private interface ByState {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface ByWireType {}

    /** @throws IllegalStateException when the state has a NUL, which no JSON column keeps: events could not tell of it */
    static String write(SagaState state) {
        try {
            String json = MAPPER.writerFor(SagaState.class).writeValueAsString(state);
            if (NUL.matcher(json).find()) {
                throw new IllegalStateException(
                        "the state of " + state.subject().migration() + " has the character U+0000");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the state of " + state.subject().migration() + " cannot be written as JSON", e);
        }
    }

    static SagaState read(String json) {
        try {
            return MAPPER.readValue(json, SagaState.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a migration's state cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = WireJson.mapper().rebuild();
        builder.addMixIn(SagaState.class, ByState.class)
                .addMixIn(Run.class, ByState.class)
                .addMixIn(GateState.class, ByState.class)
                .addMixIn(TimerState.class, ByState.class)
                .addMixIn(Hold.class, ByState.class)
                .addMixIn(Reply.class, ByWireType.class)
                .registerSubtypes(
                        new NamedType(SagaState.Running.class, "running"),
                        new NamedType(SagaState.Compensating.class, "compensating"),
                        new NamedType(SagaState.Completed.class, "completed"),
                        new NamedType(SagaState.RolledBack.class, "rolled-back"),
                        new NamedType(SagaState.Parked.class, "parked"),
                        new NamedType(Run.NotStarted.class, "not-started"),
                        new NamedType(Run.Queued.class, "queued"),
                        new NamedType(Run.InFlight.class, "in-flight"),
                        new NamedType(Run.Cancelling.class, "cancelling"),
                        new NamedType(Run.AwaitingRetry.class, "awaiting-retry"),
                        new NamedType(Run.Succeeded.class, "succeeded"),
                        new NamedType(Run.Failed.class, "failed"),
                        new NamedType(Run.Skipped.class, "skipped"),
                        new NamedType(GateState.NotAsked.class, "not-asked"),
                        new NamedType(GateState.Waiting.class, "waiting"),
                        new NamedType(GateState.Approved.class, "approved"),
                        new NamedType(GateState.Rejected.class, "rejected"),
                        new NamedType(GateState.Expired.class, "expired"),
                        new NamedType(GateState.Withdrawn.class, "withdrawn"),
                        new NamedType(TimerState.NotStarted.class, "not-started"),
                        new NamedType(TimerState.Waiting.class, "waiting"),
                        new NamedType(TimerState.Elapsed.class, "elapsed"),
                        new NamedType(TimerState.Missed.class, "missed"),
                        new NamedType(TimerState.Skipped.class, "skipped"),
                        new NamedType(Hold.None.class, "none"),
                        new NamedType(Hold.Paused.class, "paused"),
                        new NamedType(TimerState.Withdrawn.class, "withdrawn"));
        WireTypes.all().forEach((name, type) -> {
            if (Reply.class.isAssignableFrom(type)) {
                builder.registerSubtypes(new NamedType(type, name));
            }
        });
        return builder.build();
    }
}
