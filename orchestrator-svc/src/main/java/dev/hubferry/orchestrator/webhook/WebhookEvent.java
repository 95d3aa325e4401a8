package dev.hubferry.orchestrator.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.WireJson;
import java.time.Instant;

/**
 * An event of a migration as it is kept, of whatever version.
 *
 * @param sequence its number in its migration, from 1
 * @param type such as {@code hubferry.step-failed.v1}
 * @param data a JSON object
 */
public record WebhookEvent(MigrationId migration, long sequence, String type, Instant at, String data) {
    /** The same as on {@code hubferry.events}. */
    public String id() {
        return MessageId.ofEvent(migration, sequence).value();
    }

    /**
     * The CloudEvent of {@code hubferry.events} in structured mode: what are headers there are attributes here.
     *
     * @param source {@code ce_source} of what the orchestrator says
     */
    public byte[] json(String source) {
        try {
            ObjectNode event = event(id(), source, type, at);
            event.put("subject", migration.value());
            event.put("sequence", Long.toString(sequence));
            event.set("data", WireJson.mapper().readTree(data));
            return bytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the history holds an event that is no JSON: " + id(), e);
        }
    }

    /** What {@code POST …/test} sends. */
    static byte[] test(String id, String source, String webhook, Instant at) {
        ObjectNode event = event(id, source, "hubferry.webhook-test.v1", at);
        event.putObject("data").put("webhook", webhook);
        return bytes(event);
    }

    private static ObjectNode event(String id, String source, String type, Instant at) {
        return WireJson.mapper()
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", type)
                .put("time", at.toString())
                .put("datacontenttype", "application/json");
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(UTF_8);
    }
}
