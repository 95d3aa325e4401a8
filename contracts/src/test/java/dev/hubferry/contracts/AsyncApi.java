package dev.hubferry.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The AsyncAPI document, made of the records, their Javadoc, and what {@link AsyncApiText} says of the topics. */
final class AsyncApi {
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final String MESSAGES = "#/components/messages/";

    private final Descriptions descriptions;
    private final SchemaGenerator schemas;
    private final ObjectNode document = JSON.createObjectNode();
    private final ObjectNode channels;
    private final ObjectNode operations;
    private final ObjectNode components;
    private final ObjectNode messages;

    AsyncApi(Descriptions descriptions) {
        this.descriptions = descriptions;
        this.schemas = WireSchemas.describing(descriptions);
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Hubferry")
                .put("version", "1")
                .put("description", AsyncApiText.ABOUT)
                .putObject("license")
                .put("name", "Apache-2.0");
        document.put("defaultContentType", "application/json");
        this.channels = document.putObject("channels");
        this.operations = document.putObject("operations");
        this.components = document.putObject("components");
        this.messages = components.putObject("messages");
        addEvents();
        addRequests();
        addAnswers();
        addInternal();
    }

    JsonNode document() {
        return document;
    }

    /** Block style, in the order in which it was made. */
    String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(140);
        return "# Made by AsyncApiTest of the contracts; see contracts/README.md.\n"
                + new Yaml(options).dump(JSON.convertValue(document, Map.class));
    }

    private void addEvents() {
        List<String> names = new ArrayList<>();
        long number = 1;
        for (MigrationEvent event : EventExamples.all()) {
            Class<? extends MigrationEvent> type = event.getClass();
            String name = WireTypes.nameOf(type);
            message(name, type, EventHeaders.schema(name), EventHeaders.example(name, number), event);
            number++;
            names.add(name);
        }
        channel("events", Topics.EVENTS, AsyncApiText.EVENTS, names);
        operations
                .putObject("tellEvents")
                .put("action", "send")
                .put("summary", "Hubferry tells what happens to migrations; whoever wants to know reads them.")
                .putObject("channel")
                .put("$ref", "#/channels/events");
    }

    /** What is signed stands beside the message: its value is not the JSON, but the signed text of it. */
    private void addRequests() {
        ObjectNode message = messages.putObject("request");
        message.put("name", "request")
                .put("title", "SignedRequest")
                .put("summary", AsyncApiText.REQUEST)
                .put("contentType", "application/jose");
        message.putObject("headers").put("type", "object");
        message.putObject("payload")
                .put("type", "string")
                .put("description", AsyncApiText.REQUEST_VALUE)
                .put("pattern", "^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$");
        ObjectNode example = message.putArray("examples").addObject();
        example.putObject("headers");
        example.put("payload", AnswerExamples.signed());
        ObjectNode claims = schemas.generateSchema(RequestClaims.class);
        claims.remove("$schema");
        claims.put("description", descriptions.of(RequestClaims.class).orElse(""));
        claims.putArray("examples").add(JSON.<JsonNode>valueToTree(AnswerExamples.claims()));
        components.putObject("schemas").set("requestClaims", claims);
        channel("requests", Topics.REQUESTS, AsyncApiText.REQUESTS, List.of("request"));
        operations
                .putObject("takeRequests")
                .put("action", "receive")
                .put("summary", "Hubferry does what requesters ask for.")
                .putObject("channel")
                .put("$ref", "#/channels/requests");
    }

    private void addAnswers() {
        List<String> names = new ArrayList<>();
        for (RequestAnswer answer : AnswerExamples.all()) {
            Class<? extends RequestAnswer> type = answer.getClass();
            String name = type.getAnnotation(WireType.class).value();
            message(name, type, EventHeaders.ofAnswer(name), EventHeaders.exampleOfAnswer(name, answer), answer);
            names.add(name);
        }
        channel("answers", Topics.ANSWERS, AsyncApiText.ANSWERS, names);
        operations
                .putObject("answerRequests")
                .put("action", "send")
                .put("summary", "Hubferry says what became of requests.")
                .putObject("channel")
                .put("$ref", "#/channels/answers");
    }

    private void message(
            String name, Class<?> type, ObjectNode headers, ObjectNode exampleHeaders, Object exampleBody) {
        ObjectNode message = messages.putObject(name);
        message.put("name", name)
                .put("title", type.getSimpleName())
                .put("summary", descriptions.of(type).orElse(""))
                .put("contentType", "application/json");
        message.set("headers", headers);
        ObjectNode payload = schemas.generateSchema(type);
        payload.remove("$schema");
        message.set("payload", payload);
        ObjectNode example = message.putArray("examples").addObject();
        example.set("headers", exampleHeaders);
        example.set("payload", JSON.valueToTree(exampleBody));
    }

    private void channel(String id, String topic, AsyncApiText.Channel text, List<String> names) {
        ObjectNode channel = channels.putObject(id);
        channel.put("address", topic).put("title", text.title()).put("description", text.description());
        ObjectNode carried = channel.putObject("messages");
        names.forEach(name -> carried.putObject(name).put("$ref", MESSAGES + name));
        channel.putObject("bindings").putObject("kafka").put("topic", topic).put("bindingVersion", "0.5.0");
    }

    /** Named, so that whoever sees the topics knows that they are not for him. */
    private void addInternal() {
        for (Participant participant : Participant.values()) {
            internal(Topics.commandsFor(participant), AsyncApiText.commands(participant));
        }
        internal(Topics.REPLIES, AsyncApiText.REPLIES);
        internal(Topics.PROGRESS, AsyncApiText.PROGRESS);
        internal(Topics.CONNECTIONS, AsyncApiText.CONNECTIONS);
        internal(Topics.DEAD_LETTERS, AsyncApiText.DEAD_LETTERS);
    }

    private void internal(String topic, String what) {
        channel(
                topic.substring("hubferry.".length()),
                topic,
                new AsyncApiText.Channel("internal", "Internal, and may change with any version: " + what),
                List.of());
    }
}
