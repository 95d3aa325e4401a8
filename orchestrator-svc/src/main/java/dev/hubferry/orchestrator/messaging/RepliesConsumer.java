package dev.hubferry.orchestrator.messaging;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.MessageReader.Received;
import dev.hubferry.messaging.Retry;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.messaging.ReplyBatches.Heedable;
import dev.hubferry.orchestrator.saga.Hearing;
import dev.hubferry.orchestrator.saga.Hearing.Said;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes participants' replies from Kafka to the sagas; a batch is acknowledged when the transactions of all its replies have ended. */
@ApplicationScoped
public class RepliesConsumer {
    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final MessageReader reader;
    private final ReplyBatches batches;

    RepliesConsumer(MessageReader reader, Hearing hearing, Retry retry) {
        this.reader = reader;
        this.batches = new ReplyBatches(reader, hearing, retry);
    }

    @Incoming("replies")
    @Blocking
    public void accept(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        List<Heedable> replies = new ArrayList<>();
        for (Received received : reader.read((Iterable<ConsumerRecord<String, byte[]>>) batch)) {
            Optional<SagaEvent> event = event(received);
            if (event.isPresent()) {
                Envelope envelope = received.message().envelope();
                replies.add(new Heedable(received, new Said(envelope.migration(), envelope.id(), event.get())));
            } else {
                reader.refuse(received, refusal(received));
            }
        }
        batches.apply(replies);
    }

    /** None of what is for the dead letters. */
    private static Optional<SagaEvent> event(Received received) {
        Optional<StepRef> step = received.message().envelope().step();
        return switch (received.message().body()) {
            case Reply reply -> step.map(ref -> new SagaEvent.Replied(ref, reply, asJson(reply)));
            case CommandStatus status -> step.map(ref -> new SagaEvent.StatusTold(ref, status.stage()));
            case Command _, Cancel _, Probe _, Progress _, MigrationEvent _ -> Optional.empty();
        };
    }

    private static String refusal(Received received) {
        return switch (received.message().body()) {
            case Reply _ -> "a reply needs the headers of its command's step";
            case CommandStatus _ -> "a status needs the headers of its command's step";
            case Command _, Cancel _, Probe _, Progress _, MigrationEvent _ ->
                "type '" + received.message().envelope().type() + "' is no reply";
        };
    }

    private static Map<String, Object> asJson(Reply reply) {
        Map<String, Object> fields = WireJson.mapper().convertValue(reply, JSON_OBJECT);
        fields.values().removeIf(Objects::isNull);
        return fields;
    }
}
