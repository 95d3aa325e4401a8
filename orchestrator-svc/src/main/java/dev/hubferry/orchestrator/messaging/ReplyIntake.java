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
import dev.hubferry.orchestrator.saga.HandedOver;
import dev.hubferry.orchestrator.saga.Hearing;
import dev.hubferry.orchestrator.saga.Hearing.Said;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes participants' replies to the sagas, whether Kafka has brought them or another replica has handed them over. */
public final class ReplyIntake {
    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final MessageReader reader;
    private final HandOver handOver;
    private final ReplyBatches batches;

    public ReplyIntake(
            MessageReader reader, Hearing hearing, MigrationStore store, HandedOver handedOver, Retry retry) {
        this.reader = reader;
        this.handOver = new HandOver(reader, store, handedOver, retry);
        this.batches = new ReplyBatches(reader, hearing, handOver, retry);
    }

    /**
     * Returns when each record was applied, ignored, handed over, or put into the dead letters. Sits out outages of the database and the
     * broker.
     *
     * @throws InterruptedException when the service stops first; the records must not be acknowledged then
     */
    public void accept(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        List<Heedable> replies = new ArrayList<>();
        for (Received received : reader.read(records, handOver::putUnread)) {
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
