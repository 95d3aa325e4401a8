package dev.hubferry.orchestrator.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.orchestrator.saga.HandedOver.Origin;
import dev.hubferry.orchestrator.saga.HandedOver.Parcel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records with all that is in them, also what this version does not know, as parcels and back. */
final class Parcels {
    private Parcels() {}

    /** @param source is text, as whatever has an envelope */
    static Parcel of(ConsumerRecord<String, byte[]> source, Envelope envelope, String definition) {
        Map<String, String> headers = new HashMap<>();
        source.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new Parcel(
                envelope.id(),
                envelope.migration(),
                definition,
                new Origin(source.topic(), source.partition(), source.offset()),
                headers,
                new String(source.value(), UTF_8));
    }

    static ConsumerRecord<String, byte[]> record(Parcel parcel) {
        Origin origin = parcel.origin();
        ConsumerRecord<String, byte[]> made = new ConsumerRecord<>(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                parcel.migration().value(),
                parcel.body().getBytes(UTF_8));
        parcel.headers().forEach((name, value) -> made.headers().add(name, value.getBytes(UTF_8)));
        return made;
    }
}
