package dev.hubferry.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The headers of a public event: CloudEvents 1.0 in binary content mode. */
final class EventHeaders {
    private static final String SOURCE = "/hubferry/orchestrator-svc";

    private EventHeaders() {}

    /** @param type of the event */
    static ObjectNode schema(String type) {
        ObjectNode schema = AsyncApi.JSON.createObjectNode().put("type", "object");
        ObjectNode headers = schema.putObject("properties");
        constant(headers, "ce_specversion", "1.0", "The version of CloudEvents.");
        text(headers, "ce_id", "The same whenever the same event is told again.");
        text(headers, "ce_source", "Who tells it: " + SOURCE + ".");
        constant(headers, "ce_type", type, "What happened; decides how the value is to be read.");
        text(headers, "ce_time", "When it happened, in UTC.").put("format", "date-time");
        text(headers, "ce_subject", "The migration that it happened to; also the record's key.");
        text(headers, "ce_sequence", "Its number in the migration, from 1 without gaps, in decimal digits.")
                .put("pattern", "^[1-9][0-9]*$");
        constant(headers, "content-type", "application/json", "How the value is written.");
        headers.fieldNames().forEachRemaining(schema.withArray("required")::add);
        text(
                        headers,
                        "ce_traceparent",
                        "Where the migration is in a trace, as W3C says it, when it is in one: the same with all its events.")
                .put("pattern", "^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$");
        return schema;
    }

    static ObjectNode example(String type, long number) {
        return AsyncApi.JSON
                .createObjectNode()
                .put("ce_specversion", "1.0")
                .put("ce_id", EventExamples.MIGRATION + "/event/" + number)
                .put("ce_source", SOURCE)
                .put("ce_type", type)
                .put("ce_time", EventExamples.AT.toString())
                .put("ce_subject", EventExamples.MIGRATION.value())
                .put("ce_sequence", Long.toString(number))
                .put("content-type", "application/json");
    }

    /** @param type of the answer */
    static ObjectNode ofAnswer(String type) {
        ObjectNode schema = AsyncApi.JSON.createObjectNode().put("type", "object");
        ObjectNode headers = schema.putObject("properties");
        constant(headers, "ce_specversion", "1.0", "The version of CloudEvents.");
        text(headers, "ce_id", "The same whenever the same answer is said again.");
        text(headers, "ce_source", "Who says it: " + SOURCE + ".");
        constant(headers, "ce_type", type, "What became of the request; decides how the value is to be read.");
        text(headers, "ce_time", "When it was answered first, in UTC.").put("format", "date-time");
        text(headers, "ce_subject", "The migration or plan, or the request when it is about none; also the key.");
        text(headers, "ce_causationid", "The jti of the request.");
        constant(headers, "content-type", "application/json", "How the value is written.");
        headers.fieldNames().forEachRemaining(schema.withArray("required")::add);
        return schema;
    }

    static ObjectNode exampleOfAnswer(String type, RequestAnswer answer) {
        return AsyncApi.JSON
                .createObjectNode()
                .put("ce_specversion", "1.0")
                .put("ce_id", answer.by() + "/" + answer.request() + "/" + type)
                .put("ce_source", SOURCE)
                .put("ce_type", type)
                .put("ce_time", EventExamples.AT.toString())
                .put("ce_subject", EventExamples.MIGRATION.value())
                .put("ce_causationid", answer.request())
                .put("content-type", "application/json");
    }

    private static ObjectNode text(ObjectNode headers, String name, String description) {
        return headers.putObject(name).put("type", "string").put("description", description);
    }

    private static void constant(ObjectNode headers, String name, String value, String description) {
        text(headers, name, description).put("const", value);
    }
}
