package dev.hubferry.orchestrator.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.messaging.DatabaseException;
import dev.hubferry.messaging.MessageCodec;
import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.Retry;
import dev.hubferry.orchestrator.saga.HandedOver;
import dev.hubferry.orchestrator.saga.HandedOver.Parcel;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.MigrationStore;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Hands replies over to newer replicas: Kafka gives a reply to any replica, also to one that does not know the migration's definition. */
final class HandOver {
    private static final Logger LOG = Logger.getLogger(HandOver.class);

    private final MessageReader reader;
    private final MigrationStore store;
    private final HandedOver handedOver;
    private final Retry retry;

    HandOver(MessageReader reader, MigrationStore store, HandedOver handedOver, Retry retry) {
        this.reader = reader;
        this.store = store;
        this.handedOver = handedOver;
        this.retry = retry;
    }

    /**
     * Returns when the reply is kept, or in the dead letters.
     *
     * @param definition that of the reply's migration
     */
    void put(ConsumerRecord<String, byte[]> source, Envelope envelope, String definition) throws InterruptedException {
        Parcel parcel = Parcels.of(source, envelope, definition);
        try {
            var unused = retry.untilDone("hand a reply over", () -> {
                handedOver.put(parcel);
                return true;
            });
            LOG.infof(
                    "a reply waits for a newer replica: migration=%s, message=%s, definition=%s",
                    envelope.migration(), envelope.id(), definition);
        } catch (DatabaseException e) {
            reader.refuse(source, "the database cannot hold it: " + e.getMessage());
        }
    }

    /** As {@link #put}, for a record that cannot be read here; it goes to the dead letters when a newer replica is not wanted for it either. */
    void putUnread(ConsumerRecord<String, byte[]> source, String reason) throws InterruptedException {
        Optional<Envelope> envelope = MessageCodec.envelope(source);
        if (envelope.isPresent()) {
            Optional<Kept.NotOurs> migration = retry.untilDone(
                    "look for a migration", () -> store.notOurs(envelope.get().migration()));
            if (migration.isPresent()) {
                put(source, envelope.get(), migration.get().definition());
                return;
            }
        }
        reader.refuse(source, reason);
    }
}
