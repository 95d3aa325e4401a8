import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Rebuilds from hubferry.events alone what Hubferry's REST shows of every migration, and needs nothing of Hubferry's for it:
 *
 * <pre>java -cp kafka-clients.jar:slf4j-api.jar:jackson-core.jar:jackson-databind.jar:jackson-annotations.jar StateFromEvents.java BROKER[:PORT]</pre>
 *
 * Reads the topic from its beginning to its end and prints a line of JSON: migrations by id, each with its rows in {@code steps}. With
 * {@code --again} it prints another line for every line that it is sent, by what has come meanwhile. Exits with 2 when a number is missing.
 *
 * <p>The rules are those of docs/operations/events.md.
 */
public class StateFromEvents {
    static final String TOPIC = "hubferry.events";
    static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws IOException {
        Map<String, Migration> migrations = new TreeMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", arguments[0]), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(info -> new TopicPartition(TOPIC, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            do {
                readToTheEnd(consumer, partitions, migrations);
                ObjectNode all = JSON.createObjectNode();
                migrations.forEach((id, migration) -> all.set(id, migration.show()));
                System.out.println(all);
            } while (arguments.length > 1 && arguments[1].equals("--again") && input.readLine() != null);
        }
    }

    static void readToTheEnd(
            KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Map<String, Migration> migrations)
            throws IOException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                String id = header(record, "ce_subject");
                long number = Long.parseLong(header(record, "ce_sequence"));
                Migration migration = migrations.computeIfAbsent(id, Migration::new);
                if (number <= migration.lastNumber) {
                    continue; // It was told before.
                }
                if (number != migration.lastNumber + 1) {
                    System.err.printf("%s: event %d follows %d%n", id, number, migration.lastNumber);
                    System.exit(2);
                }
                migration.lastNumber = number;
                migration.apply(header(record, "ce_type"), header(record, "ce_time"), JSON.readTree(record.value()));
            }
        }
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** One way of one row: forward, or back. */
    static class Run {
        String state = "NOT_STARTED";
        int attempts;
        String startedAt;
        String endedAt;
        String nextAttemptAt;
        String until;
        JsonNode failure;
        JsonNode skip;
        String queuedSince;
        Run beforeQueue;

        void started(String at, int attempt) {
            state = "RUNNING";
            attempts = attempt;
            startedAt = startedAt == null ? at : startedAt;
            endedAt = null;
            nextAttemptAt = null;
            failure = null;
            beforeQueue = null;
        }

        void waits(String at, String until) {
            boolean already = state.equals("WAITING");
            state = "WAITING";
            attempts = 1;
            startedAt = already ? startedAt : at;
            endedAt = null;
            this.until = until;
        }

        void ended(String as, String at) {
            state = as;
            startedAt = startedAt == null ? at : startedAt;
            endedAt = at;
            until = null;
            nextAttemptAt = null;
            if (!as.equals("FAILED")) {
                failure = null;
            }
        }

        boolean wasSent() {
            return switch (state) {
                case "NOT_STARTED" -> false;
                case "QUEUED" -> beforeQueue.wasSent();
                case "SKIPPED" -> attempts > 0;
                default -> true;
            };
        }

        void show(ObjectNode row) {
            row.put("state", state);
            row.put("attempts", attempts);
            row.put("startedAt", startedAt);
            row.put("endedAt", endedAt);
            row.put("nextAttemptAt", nextAttemptAt);
            row.put("until", until);
            row.set("failure", failure);
            row.set("skip", skip);
        }
    }

    static class Row {
        JsonNode told = JSON.createObjectNode();
        Run forward = new Run();
        Run back = new Run();
        JsonNode forecast;
        JsonNode budget;
        JsonNode slots;

        Run run(JsonNode event) {
            return event.path("direction").asText("do").equals("undo") ? back : forward;
        }

        boolean is(String field, String value) {
            return told.path(field).asText().equals(value);
        }

        /** It waits for its turn no more, and is what it was before. */
        void leavesQueue() {
            if (forward.state.equals("QUEUED")) {
                forward = forward.beforeQueue;
            }
        }
    }

    static class Migration {
        final String id;
        final Map<String, Row> rows = new LinkedHashMap<>();
        long lastNumber;
        JsonNode requested = JSON.createObjectNode();
        String requestedAt;
        String state = "RUNNING";
        boolean forward = true;
        boolean pivotPassed;
        String priority;
        ObjectNode pause;
        String cause;
        String causeOfWayBack;
        String parkedAt;
        String endedAt;

        Migration(String id) {
            this.id = id;
        }

        Row row(String name) {
            return rows.computeIfAbsent(name, unknown -> new Row());
        }

        void apply(String type, String at, JsonNode event) {
            Row row = event.has("step") ? row(event.path("step").asText()) : null;
            Row gate = event.has("gate") ? row(event.path("gate").asText()) : null;
            switch (type) {
                case "hubferry.migration-requested.v1" -> {
                    requested = event;
                    requestedAt = at;
                    priority = event.path("spec").path("priority").asText("NORMAL");
                    event.path("rows").forEach(told -> row(told.path("name").asText()).told = told);
                }
                case "hubferry.step-queued.v1" -> {
                    Run queued = new Run();
                    queued.state = "QUEUED";
                    queued.beforeQueue = row.forward;
                    queued.attempts = row.forward.attempts;
                    queued.startedAt = row.forward.startedAt;
                    queued.failure = row.forward.failure;
                    queued.queuedSince = at;
                    row.forward = queued;
                    row.slots = event.path("slots");
                }
                case "hubferry.slots-granted.v1" -> row.leavesQueue();
                case "hubferry.step-started.v1" ->
                    row.run(event).started(at, event.path("attempt").asInt());
                case "hubferry.step-succeeded.v1" -> row.run(event).ended("SUCCEEDED", at);
                case "hubferry.step-failed.v1" -> {
                    ObjectNode failure = JSON.createObjectNode();
                    List.of("code", "category", "detail", "problems")
                            .forEach(field -> failure.set(field, event.path(field)));
                    row.run(event).ended("FAILED", at);
                    row.run(event).failure = failure;
                }
                case "hubferry.step-retry-scheduled.v1" -> {
                    Run run = row.run(event);
                    run.state = "RETRYING";
                    run.endedAt = null;
                    run.nextAttemptAt = event.path("at").asText();
                }
                case "hubferry.step-skipped.v1" -> {
                    row.leavesQueue();
                    row.run(event).ended("SKIPPED", at);
                    row.run(event).skip = JSON.createObjectNode()
                            .put("by", event.path("by").asText())
                            .put("reason", event.path("reason").asText());
                    leavesParking();
                }
                case "hubferry.retry-requested.v1" -> {
                    if (row.is("kind", "APPROVAL")) {
                        row.forward = new Run();
                    }
                    leavesParking();
                }
                case "hubferry.approval-awaited.v1" -> {
                    gate.forward.waits(at, event.path("expiresAt").asText());
                    gate.forecast = event.get("forecast");
                    gate.budget = event.get("budget");
                }
                case "hubferry.approval-answered.v1" ->
                    gate.forward.ended(event.path("approved").asBoolean() ? "SUCCEEDED" : "REJECTED", at);
                case "hubferry.approval-expired.v1" -> gate.forward.ended("EXPIRED", at);
                case "hubferry.approval-lapsed.v1" -> rows.values().forEach(Row::leavesQueue);
                case "hubferry.timer-started.v1" ->
                    row.forward.waits(at, event.path("until").asText());
                case "hubferry.timer-missed.v1" -> row.forward.ended("EXPIRED", at);
                case "hubferry.pivot-passed.v1" -> pivotPassed = true;
                case "hubferry.priority-changed.v1" ->
                    priority = event.path("priority").asText();
                case "hubferry.pause-requested.v1" ->
                    pause = JSON.createObjectNode()
                            .put("by", event.path("by").asText())
                            .put("reason", event.path("reason").asText())
                            .put("since", at);
                case "hubferry.resumed.v1" -> pause = null;
                case "hubferry.compensation-started.v1" -> turnsRound(at, event.path("cause").asText());
                case "hubferry.migration-parked.v1" -> ends("PARKED", at, event);
                case "hubferry.migration-completed.v1" -> ends("COMPLETED", at, event);
                case "hubferry.migration-rolled-back.v1" -> ends("ROLLED_BACK", at, event);
                default -> {} // Says nothing of where it stands: that somebody asked for an abort, or a type of later.
            }
        }

        void ends(String as, String at, JsonNode event) {
            state = as;
            endedAt = at;
            cause = event.path("cause").asText(null);
            parkedAt = as.equals("PARKED") ? event.path("step").asText() : null;
        }

        void leavesParking() {
            if (state.equals("PARKED")) {
                state = forward ? "RUNNING" : "COMPENSATING";
                cause = causeOfWayBack;
                parkedAt = null;
                endedAt = null;
            }
        }

        void turnsRound(String at, String why) {
            causeOfWayBack = why;
            forward = false;
            state = "PARKED";
            leavesParking();
            for (Row row : rows.values()) {
                row.leavesQueue();
                switch (row.forward.state) {
                    case "RUNNING" -> row.forward.state = "CANCELLING";
                    case "RETRYING" -> row.forward.ended("FAILED", at);
                    case "WAITING" -> row.forward.ended("WITHDRAWN", at);
                    default -> {}
                }
            }
        }

        boolean isHubDown() {
            boolean closed = false;
            boolean open = false;
            for (Row row : rows.values()) {
                closed |= row.is("effect", "CLOSES_HUB") && row.forward.wasSent();
                open |= row.is("effect", "OPENS_HUB") && row.forward.state.equals("SUCCEEDED");
            }
            return closed && !open;
        }

        /** The phase of the first row that is not done; on the way back and at the end, of the last one that was reached. */
        String phase() {
            String found = null;
            for (Row row : rows.values()) {
                String phase = row.told.path("phase").asText();
                found = found == null ? phase : found;
                String now = row.forward.state;
                if (state.equals("RUNNING")) {
                    if (!now.equals("SUCCEEDED") && !now.equals("SKIPPED")) {
                        return phase;
                    }
                } else if (!now.equals("NOT_STARTED")) {
                    found = phase;
                }
            }
            return found;
        }

        ObjectNode show() {
            boolean onItsWay = forward && !state.equals("COMPLETED");
            boolean paused = pause != null && onItsWay;
            boolean held = paused && !isHubDown();
            JsonNode spec = requested.path("spec");
            ObjectNode shown = JSON.createObjectNode();
            shown.put("id", id);
            shown.set("name", spec.get("name"));
            shown.set("definition", requested.get("definition"));
            shown.set("requestedBy", requested.get("requestedBy"));
            shown.put("requestedAt", requestedAt);
            shown.put("state", state);
            shown.put("phase", phase());
            shown.put("pivotPassed", pivotPassed);
            shown.put("priority", onItsWay ? priority : spec.path("priority").asText("NORMAL"));
            shown.set("pause", paused ? pause.deepCopy().put("inEffect", held) : null);
            shown.put("cause", cause);
            shown.put("parkedAt", parkedAt);
            shown.put("endedAt", endedAt);
            shown.set("spec", spec);
            ArrayNode steps = JSON.createArrayNode();
            rows.forEach((name, row) -> {
                JsonNode queued = state.equals("RUNNING") && !held ? queued(name, row) : null;
                if (queued != null) {
                    shown.set("queued", queued);
                }
                if (row.is("kind", "APPROVAL") && row.forward.state.equals("WAITING")) {
                    ObjectNode waiting = shown.putObject("waitingFor")
                            .put("gate", name)
                            .put("since", row.forward.startedAt)
                            .put("expiresAt", row.forward.until);
                    waiting.set("forecast", row.forecast);
                    waiting.set("budget", row.budget);
                }
                steps.add(show(name, row, queued));
            });
            shown.set("steps", steps);
            return shown;
        }

        JsonNode queued(String name, Row row) {
            if (!row.forward.state.equals("QUEUED")) {
                return null;
            }
            ObjectNode queued = JSON.createObjectNode().put("step", name).put("priority", priority);
            queued.put("since", row.forward.queuedSince);
            ArrayNode needs = queued.putArray("needs");
            row.slots.forEach(slot -> needs.addObject().set("resource", slot));
            return queued;
        }

        ObjectNode show(String name, Row row, JsonNode queued) {
            ObjectNode shown = JSON.createObjectNode().put("name", name);
            List.of("kind", "phase", "participant").forEach(field -> shown.set(field, row.told.get(field)));
            row.forward.show(shown);
            shown.set("queued", queued);
            if (row.back.wasSent()) {
                row.back.show(shown.putObject("undo"));
            }
            return shown;
        }
    }
}
