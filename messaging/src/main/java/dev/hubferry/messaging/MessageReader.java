package dev.hubferry.messaging;

import dev.hubferry.contracts.Message;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes messages of a batch of records; what cannot be read is in the dead letters when it returns, and the rest goes on. */
public final class MessageReader {
    private final DeadLetters deadLetters;

    MessageReader(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** A message and the record that it came in. */
    public record Received(ConsumerRecord<String, byte[]> source, Message<?> message) {}

    /** Knows what else to do with records that cannot be read. */
    @FunctionalInterface
    public interface Unreadable {
        /** @param reason why it cannot be read */
        void found(ConsumerRecord<String, byte[]> source, String reason) throws InterruptedException;
    }

    /**
     * The messages in the order of their records.
     *
     * @throws InterruptedException when the service stops before a dead letter could be published
     */
    public List<Received> read(Iterable<ConsumerRecord<String, byte[]>> batch) throws InterruptedException {
        return read(batch, this::refuse);
    }

    /** As {@link #read(Iterable)}, but what cannot be read is {@code unreadable}'s. */
    public List<Received> read(Iterable<ConsumerRecord<String, byte[]>> batch, Unreadable unreadable)
            throws InterruptedException {
        List<Received> read = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> source : batch) {
            switch (MessageCodec.decode(source)) {
                case Decoded.Known known -> read.add(new Received(source, known.message()));
                case Decoded.Undecodable undecodable -> unreadable.found(source, undecodable.reason());
            }
        }
        return read;
    }

    /**
     * Puts a message that can be read but not handled into the dead letters.
     *
     * @param reason one sentence for whoever looks at them
     */
    public void refuse(Received received, String reason) throws InterruptedException {
        refuse(received.source(), reason);
    }

    /** As {@link #refuse(Received, String)}, for a record that cannot be read. */
    public void refuse(ConsumerRecord<String, byte[]> source, String reason) throws InterruptedException {
        deadLetters.put(source, reason);
    }
}
