package dev.hubferry.orchestrator.messaging;

import dev.hubferry.messaging.ConnectionReports;
import dev.hubferry.orchestrator.connections.ConnectionBoard;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears how connections stand: like progress, in every replica, from now on, and without committing anything. */
@ApplicationScoped
public class ConnectionsConsumer {
    private final ConnectionBoard board;

    ConnectionsConsumer(ConnectionBoard board) {
        this.board = board;
    }

    @Incoming("connections")
    @Blocking
    public void accept(ConsumerRecords<String, byte[]> batch) {
        for (ConsumerRecord<String, byte[]> record : batch) {
            ConnectionReports.decode(record).ifPresent(board::hear);
        }
    }
}
