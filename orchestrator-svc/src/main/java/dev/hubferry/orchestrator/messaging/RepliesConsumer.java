package dev.hubferry.orchestrator.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears participants' replies; a batch is acknowledged when the transactions of all its replies have ended. */
@ApplicationScoped
public class RepliesConsumer {
    private final ReplyIntake intake;

    RepliesConsumer(ReplyIntake intake) {
        this.intake = intake;
    }

    @Incoming("replies")
    @Blocking
    public void accept(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        intake.accept((Iterable<ConsumerRecord<String, byte[]>>) batch);
    }
}
