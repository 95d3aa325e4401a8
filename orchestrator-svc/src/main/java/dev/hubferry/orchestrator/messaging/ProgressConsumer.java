package dev.hubferry.orchestrator.messaging;

import dev.hubferry.contracts.Progress;
import dev.hubferry.messaging.Decoded;
import dev.hubferry.messaging.MessageCodec;
import dev.hubferry.orchestrator.saga.ChangeBell;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Hears how far steps have come. Every replica hears everything, in a consumer group of its own that commits nothing, since any of them
 * may be asked; what is lost is said again by the next word, so what cannot be read is dropped.
 */
@ApplicationScoped
public class ProgressConsumer {
    private final ProgressBoard board;
    private final ChangeBell bell;

    ProgressConsumer(ProgressBoard board, ChangeBell bell) {
        this.board = board;
        this.bell = bell;
    }

    @Incoming("progress")
    @Blocking
    public void accept(ConsumerRecords<String, byte[]> batch) {
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (MessageCodec.decode(record) instanceof Decoded.Known known
                    && known.message().body() instanceof Progress progress
                    && known.message().envelope().step().isPresent()) {
                var envelope = known.message().envelope();
                board.hear(envelope.migration(), envelope.step().get(), progress);
                bell.ring(envelope.migration());
            }
        }
    }
}
