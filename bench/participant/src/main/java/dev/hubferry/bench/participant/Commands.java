package dev.hubferry.bench.participant;

import dev.hubferry.messaging.CommandIntake;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears commands and stores them, as every participant does. */
@ApplicationScoped
class Commands {
    private final CommandIntake intake;

    Commands(CommandIntake intake) {
        this.intake = intake;
    }

    @Incoming("commands")
    @Blocking
    void arrived(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        intake.accept(batch);
    }
}
