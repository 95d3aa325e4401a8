import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Moves a hub by events alone, with nothing of Hubferry's but its topics: plans it, requests it, approves what it waits for, and watches it
 * to its end.
 *
 * <pre>java -cp kafka-clients.jar:slf4j-api.jar:jackson-core.jar:jackson-databind.jar:jackson-annotations.jar MoveByEvents.java
 *     BROKER[:PORT] NAME PRIVATE-KEY.pem SPEC.json</pre>
 *
 * Prints what it hears; exits with 0 when the hub has moved.
 */
public class MoveByEvents {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static KafkaProducer<String, byte[]> producer;
    static String name;
    static PrivateKey key;

    public static void main(String[] arguments) throws Exception {
        name = arguments[1];
        key = key(Path.of(arguments[2]));
        JsonNode spec = JSON.readTree(Path.of(arguments[3]).toFile());
        Map<String, Object> broker = Map.of("bootstrap.servers", arguments[0]);
        producer = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer());
        try (var answers = reader(broker, "hubferry.answers");
                var events = reader(broker, "hubferry.events")) {
            String asked = ask("hubferry.request-plan.v1", claims -> claims.set("data", spec));
            answer(answers, asked, "hubferry.request-accepted.v1");
            JsonNode plan = answer(answers, asked, "hubferry.plan-ready.v1").path("result");
            System.out.println("plan: " + plan.path("verdict").asText());
            if (!plan.path("verdict").asText().equals("READY")) {
                System.exit(1);
            }
            asked = ask("hubferry.request-migration.v1", claims -> claims.set("data", spec));
            String migration = answer(answers, asked, "hubferry.request-accepted.v1")
                    .path("migration")
                    .asText();
            System.out.println("migration: " + migration);
            watch(migration, events, answers);
        }
        producer.close();
    }

    static void watch(
            String migration, KafkaConsumer<String, byte[]> events, KafkaConsumer<String, byte[]> answers)
            throws Exception {
        long last = 0;
        while (true) {
            for (ConsumerRecord<String, byte[]> event : events.poll(Duration.ofMillis(200))) {
                long number = Long.parseLong(header(event, "ce_sequence"));
                if (!header(event, "ce_subject").equals(migration) || number <= last) {
                    continue;
                }
                if (number != last + 1) {
                    throw new IllegalStateException(number + " follows " + last);
                }
                last = number;
                String type = header(event, "ce_type");
                JsonNode body = JSON.readTree(event.value());
                System.out.println(number + " " + type + " " + body.path("step").asText(body.path("gate").asText()));
                switch (type) {
                    case "hubferry.approval-awaited.v1" -> {
                        String asked = ask("hubferry.answer-gate.v1", claims -> {
                            claims.put("migration", migration);
                            claims.put("row", body.path("gate").asText());
                            claims.putObject("data").put("approved", true).put("comment", "by events alone");
                        });
                        answer(answers, asked, "hubferry.request-accepted.v1");
                    }
                    case "hubferry.migration-completed.v1" -> {
                        return;
                    }
                    case "hubferry.migration-rolled-back.v1", "hubferry.migration-parked.v1" -> {
                        System.out.println(body);
                        System.exit(1);
                    }
                    default -> {}
                }
            }
        }
    }

    interface Filling {
        void fill(ObjectNode claims);
    }

    /** Sends a request, and returns its id. */
    static String ask(String type, Filling filling) throws Exception {
        long now = Instant.now().getEpochSecond();
        String id = UUID.randomUUID().toString();
        ObjectNode claims = JSON.createObjectNode().put("jti", id).put("iat", now).put("exp", now + 300);
        claims.put("type", type);
        filling.fill(claims);
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"" + name + "\"}";
        String input = BASE64.encodeToString(header.getBytes(UTF_8)) + "."
                + BASE64.encodeToString(JSON.writeValueAsBytes(claims));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(input.getBytes(UTF_8));
        String value = input + "." + BASE64.encodeToString(signature.sign());
        producer.send(new ProducerRecord<>("hubferry.requests", id, value.getBytes(UTF_8))).get();
        return id;
    }

    /** Answers that were read while another one was waited for. */
    static final List<ConsumerRecord<String, byte[]>> unread = new ArrayList<>();

    static JsonNode answer(KafkaConsumer<String, byte[]> answers, String asked, String type) throws Exception {
        Instant end = Instant.now().plusSeconds(300);
        while (Instant.now().isBefore(end)) {
            answers.poll(Duration.ofMillis(200)).forEach(unread::add);
            for (ConsumerRecord<String, byte[]> answer : unread) {
                if (!header(answer, "ce_causationid").equals(asked)) {
                    continue;
                }
                String said = header(answer, "ce_type");
                if (said.equals(type)) {
                    return JSON.readTree(answer.value());
                }
                if (said.equals("hubferry.request-refused.v1")) {
                    System.out.println(new String(answer.value(), UTF_8));
                    System.exit(1);
                }
            }
        }
        throw new IllegalStateException("no " + type + " for " + asked);
    }

    static KafkaConsumer<String, byte[]> reader(Map<String, Object> broker, String topic) {
        var reader = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        return reader;
    }

    static String header(ConsumerRecord<String, byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }

    static PrivateKey key(Path pem) throws Exception {
        String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
