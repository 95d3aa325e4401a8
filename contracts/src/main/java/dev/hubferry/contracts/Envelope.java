package dev.hubferry.contracts;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The CloudEvents 1.0 attributes of a message (binary content mode: a Kafka header {@code ce_<attribute>} each).
 *
 * @param id {@code ce_id}
 * @param source {@code ce_source}: who says it, such as {@code /hubferry/dns-svc}
 * @param type {@code ce_type}: the body's {@link WireType}
 * @param time {@code ce_time}
 * @param migration {@code ce_subject}: the migration it is about; also the Kafka key
 * @param step {@code ce_step}, {@code ce_direction}, {@code ce_attempt}: on commands, their replies and progress
 * @param causation {@code ce_causationid}: on replies and progress, the id of the command
 * @param sequence {@code ce_sequence}: on public events, their number in the migration, from 1 without gaps
 */
public record Envelope(
        MessageId id,
        String source,
        String type,
        Instant time,
        MigrationId migration,
        Optional<StepRef> step,
        Optional<MessageId> causation,
        OptionalLong sequence) {
    public Envelope {
        Require.present(id, "id");
        Require.text(source, "source");
        Require.text(type, "type");
        Require.present(time, "time");
        Require.present(migration, "migration");
        Require.present(step, "step");
        Require.present(causation, "causation");
        Require.present(sequence, "sequence");
    }
}
