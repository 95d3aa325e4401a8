package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Require;
import java.util.List;
import java.util.Map;

/** Replies for migrations that are not ours, kept as they came until a replica takes them that knows their definitions. */
public interface HandedOver {
    /** Keeps a reply; once, however often it is put. */
    void put(Parcel parcel);

    /** Those that this process can take, in the order of their arrival; they stay until they are dropped. */
    List<Parcel> ours(int limit);

    /** Forgets those that were applied. */
    void drop(List<Parcel> parcels);

    /**
     * A reply as it came.
     *
     * @param definition that of the migration
     * @param headers of the record, by name
     * @param body of the record, which is text
     */
    record Parcel(
            MessageId message,
            MigrationId migration,
            String definition,
            Origin origin,
            Map<String, String> headers,
            String body) {
        public Parcel {
            Require.present(message, "message");
            Require.present(migration, "migration");
            Require.text(definition, "definition");
            Require.present(origin, "origin");
            headers = Map.copyOf(headers);
            Require.present(body, "body");
        }
    }

    /** Where in the broker's log a reply stands. */
    record Origin(String topic, int partition, long offset) {
        public Origin {
            Require.text(topic, "topic");
        }
    }
}
