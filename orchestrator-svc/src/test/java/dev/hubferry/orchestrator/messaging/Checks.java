package dev.hubferry.orchestrator.messaging;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.Topics;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.MessageCodec;
import dev.hubferry.orchestrator.script.Answers;
import dev.hubferry.orchestrator.script.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Replies to the first commands of migrations, as Kafka would hand them over. */
final class Checks {
    private Checks() {}

    /** Of a hub of its own. */
    static MigrationSpec spec(String hub) {
        MigrationSpec astro = Specs.astro();
        return new MigrationSpec(
                hub,
                new HubRef("old", hub, Optional.empty()),
                new HubRef("new", hub, Optional.empty()),
                new MigrationSpec.Homes(
                        new HomesRef("nfs-old", "/export/homes/" + hub),
                        new HomesRef("nfs-new", "/export/homes/" + hub),
                        astro.homes().existing()),
                astro.database(),
                new MigrationSpec.Dns("example", hub + ".example.org", Duration.ofMinutes(5)),
                astro.cutover(),
                astro.approvals(),
                astro.soak(),
                astro.priority());
    }

    /** What the first five commands of a migration are answered with, that of check-source first. */
    static List<Message<Reply>> of(MigrationId migration) {
        MigrationSpec spec = spec(migration.value());
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put(
                "check-source",
                new K8sCommand.CheckSource(spec.source(), spec.homes().source()));
        commands.put(
                "check-target",
                new K8sCommand.CheckTarget(spec.target(), spec.homes().target(), spec.source()));
        commands.put(
                "check-homes",
                new StorageCommand.CheckHomes(
                        spec.homes().source(),
                        spec.homes().target(),
                        spec.homes().existing()));
        commands.put("check-database", new DbCommand.CheckDatabase(spec.source(), spec.target(), Set.of()));
        commands.put(
                "check-zone", new DnsCommand.CheckZone("example", spec.dns().name()));
        List<Message<Reply>> replies = new ArrayList<>();
        commands.forEach((step, command) -> {
            Reply reply = Answers.to(command, Instant.EPOCH, Duration.ZERO);
            replies.add(new Message<>(envelope(migration, new StepRef(step, Direction.DO, 1), reply), reply));
        });
        return replies;
    }

    static ConsumerRecords<String, byte[]> batch(List<Message<Reply>> messages) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        messages.forEach(message -> records.add(record(message, records.size())));
        return new ConsumerRecords<>(Map.of(new TopicPartition(Topics.REPLIES, 0), records), Map.of());
    }

    static ConsumerRecord<String, byte[]> record(Message<Reply> message, long offset) {
        ProducerRecord<String, byte[]> sent = MessageCodec.encode(message, Topics.REPLIES);
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                offset,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers().toArray()),
                Optional.empty());
    }

    /** No JSON column takes it. */
    static Reply unreadable() {
        return new K8sReply.SourceChecked(
                new HubFacts("a\0b", "image", "4.1.6", "10.0.0.5", "/homes", Answers.OLD, 0, List.of()));
    }

    private static Envelope envelope(MigrationId migration, StepRef step, Reply reply) {
        MessageId command = MessageId.ofCommand(migration, step);
        return new Envelope(
                MessageId.ofReplyTo(command),
                "/test/participants",
                WireTypes.nameOf(reply.getClass()),
                Instant.EPOCH,
                migration,
                Optional.of(step),
                Optional.of(command),
                OptionalLong.empty());
    }
}
