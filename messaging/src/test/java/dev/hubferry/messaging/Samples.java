package dev.hubferry.messaging;

import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.DnsCommand.RestoreTtl;
import dev.hubferry.contracts.DnsReply.TtlRestored;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.WireTypes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Messages for tests. */
final class Samples {
    static final Reply DONE = new TtlRestored(true, Optional.empty());
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.123456Z");

    private Samples() {}

    static MigrationId newMigration() {
        return new MigrationId("m-" + UUID.randomUUID().toString().substring(0, 13));
    }

    /** A command on {@code zone}; attempts tell the commands of a migration apart. */
    static Message<RestoreTtl> command(MigrationId migration, int attempt, String zone) {
        StepRef step = new StepRef("restore-ttl", Direction.DO, attempt);
        MessageId id = MessageId.ofCommand(migration, step);
        return message(id, migration, Optional.of(step), new RestoreTtl(zone, "hub.example.org"));
    }

    static Message<RestoreTtl> command(MigrationId migration, int attempt) {
        return command(migration, attempt, migration.value());
    }

    static Message<Cancel> cancel(Message<?> command) {
        return message(
                new MessageId(UUID.randomUUID().toString()),
                command.envelope().migration(),
                command.envelope().step(),
                new Cancel(command.envelope().id(), "a test"));
    }

    /** @param number tells the probes of a command apart */
    static Message<Probe> probe(Message<?> command, int number) {
        MessageId id = command.envelope().id();
        return message(
                new MessageId(id.value() + "/probe/" + number),
                command.envelope().migration(),
                command.envelope().step(),
                new Probe(id));
    }

    static <T extends Body> Message<T> message(MessageId id, MigrationId migration, Optional<StepRef> step, T body) {
        String type = WireTypes.nameOf(body.getClass());
        return new Message<>(
                new Envelope(id, "/hubferry/test", type, TIME, migration, step, Optional.empty(), OptionalLong.empty()),
                body);
    }
}
