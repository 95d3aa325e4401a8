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
import dev.hubferry.messaging.DatabaseException;
import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.MessageReader.Received;
import dev.hubferry.messaging.Retry;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Migrations.Heard;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes participants' replies from Kafka to the sagas; a batch is acknowledged when every reply's transaction has ended. */
@ApplicationScoped
public class RepliesConsumer {
    private static final Logger LOG = Logger.getLogger(RepliesConsumer.class);
    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final MessageReader reader;
    private final Migrations migrations;
    private final Retry retry;

    RepliesConsumer(MessageReader reader, Migrations migrations, Retry retry) {
        this.reader = reader;
        this.migrations = migrations;
        this.retry = retry;
    }

    @Incoming("replies")
    @Blocking
    public void accept(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        for (Received received : reader.read((Iterable<ConsumerRecord<String, byte[]>>) batch)) {
            Optional<String> refusal = accept(received);
            if (refusal.isPresent()) {
                reader.refuse(received, refusal.get());
            }
        }
    }

    /** Why the message is one for the dead letters, if it is. */
    private Optional<String> accept(Received received) throws InterruptedException {
        return switch (received.message().body()) {
            case Reply reply -> accept(received.message().envelope(), reply);
            case CommandStatus status -> accept(received.message().envelope(), status);
            case Command _, Cancel _, Probe _, Progress _, MigrationEvent _ ->
                Optional.of("type '" + received.message().envelope().type() + "' is no reply");
        };
    }

    private Optional<String> accept(Envelope envelope, Reply reply) throws InterruptedException {
        if (envelope.step().isEmpty()) {
            return Optional.of("a reply needs the headers of its command's step");
        }
        return apply(envelope, new SagaEvent.Replied(envelope.step().get(), reply, asJson(reply)));
    }

    private Optional<String> accept(Envelope envelope, CommandStatus status) throws InterruptedException {
        if (envelope.step().isEmpty()) {
            return Optional.of("a status needs the headers of its command's step");
        }
        return apply(envelope, new SagaEvent.StatusTold(envelope.step().get(), status.stage()));
    }

    private Optional<String> apply(Envelope envelope, SagaEvent event) throws InterruptedException {
        try {
            Heard heard = retry.untilDone(
                    "apply a reply", () -> migrations.heard(envelope.migration(), envelope.id(), event));
            return refusal(envelope, heard);
        } catch (DatabaseException e) {
            return Optional.of("the database cannot hold it: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "a reply cannot be applied; the participant will be asked again: migration=%s, message=%s",
                    envelope.migration(),
                    envelope.id());
            return Optional.of("it cannot be applied: " + e);
        }
    }

    private static Optional<String> refusal(Envelope envelope, Heard heard) {
        return switch (heard) {
            case Heard.Applied _, Heard.Repeated _ -> Optional.empty();
            case Heard.Ignored ignored -> {
                LOG.infof(
                        "a reply was ignored: migration=%s, message=%s, reason=%s",
                        envelope.migration(), envelope.id(), ignored.reason());
                yield Optional.empty();
            }
            case Heard.Unknown _ -> Optional.of("no migration is called " + envelope.migration());
        };
    }

    private static Map<String, Object> asJson(Reply reply) {
        Map<String, Object> fields = WireJson.mapper().convertValue(reply, JSON_OBJECT);
        fields.values().removeIf(Objects::isNull);
        return fields;
    }
}
