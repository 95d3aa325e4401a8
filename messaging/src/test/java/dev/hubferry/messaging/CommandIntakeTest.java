package dev.hubferry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.DnsCommand.RestoreTtl;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class CommandIntakeTest {
    private final TestDatabase database = TestDatabase.create();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final Kit kit = new Kit(database, producer, new PickyHandler());
    private final MigrationId migration = Samples.newMigration();
    private final Message<RestoreTtl> before = Samples.command(migration, 1, "example.org");
    private final Message<RestoreTtl> after = Samples.command(migration, 9, "example.org");

    /** Cannot tell the key of every command. */
    private static final class PickyHandler implements CommandHandler<DnsCommand> {
        @Override
        public Class<DnsCommand> commandType() {
            return DnsCommand.class;
        }

        @Override
        public String exclusiveKey(DnsCommand command) {
            if (command.zone().equals("unknown")) {
                throw new IllegalArgumentException("no such zone");
            }
            return "zone:" + command.zone();
        }

        @Override
        public Reply handle(DnsCommand command, Execution execution) {
            return Samples.DONE;
        }
    }

    private List<String> stored() {
        return database.rows("select message_id from inbox order by seq");
    }

    private List<String> expected(Message<?>... messages) {
        return List.of(messages).stream()
                .map(message -> message.envelope().id().value())
                .toList();
    }

    private String deadLetter() {
        ProducerRecord<String, byte[]> letter = producer.history().getFirst();
        assertThat(producer.history()).hasSize(1);
        assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
        return Wire.header(Kit.received(letter, 0), "dead_letter_reason");
    }

    @Test
    void storesABatchInItsOrder() {
        // When
        kit.accept(after, before, after);
        // Then
        assertThat(stored()).isEqualTo(expected(after, before));
    }

    @Test
    void putsACommandAsideWhoseKeyCannotBeTold() {
        // When
        kit.accept(before, Samples.command(migration, 2, "unknown"), after);
        // Then
        assertThat(stored()).isEqualTo(expected(before, after));
        assertThat(deadLetter()).contains("no such zone");
    }

    @Test
    void putsACommandAsideThatBelongsToNoStep() {
        // Given
        Message<?> stepless = Samples.message(new MessageId("x"), migration, Optional.empty(), before.body());
        // When
        kit.accept(before, stepless, after);
        // Then
        assertThat(stored()).isEqualTo(expected(before, after));
        assertThat(deadLetter()).contains("step");
    }

    @Test
    void putsACommandAsideThatTheTableRefuses() {
        // Given
        Message<?> refused = Samples.command(migration, 2, "refused");
        database.execute("""
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if new.exclusive_key = 'zone:refused' then
                        raise exception 'a test' using errcode = '22023';
                    end if;
                    return new;
                end $$;
                create trigger refuse before insert on inbox for each row execute function refuse()
                """);
        // When
        kit.accept(before, refused, after);
        // Then
        assertThat(stored()).isEqualTo(expected(before, after));
        assertThat(deadLetter()).contains("22023");
    }

    @Test
    void keepsWhatThisVersionDoesNotKnow() throws InterruptedException {
        // Given
        ProducerRecord<String, byte[]> made = MessageCodec.encode(before, "commands");
        made.headers().add("ce_fromthefuture", "7".getBytes(UTF_8));
        String body = "{\"zone\":\"example.org\",\"name\":\"n\",\"fromTheFuture\":true}";
        var newer = new ProducerRecord<>("commands", null, made.key(), body.getBytes(UTF_8), made.headers());
        // When
        kit.intake.accept(List.of(Kit.received(newer, 0)));
        // Then
        assertThat(database.rows("select body from inbox")).containsExactly(body);
        assertThat(database.rows("select headers::json ->> 'ce_fromthefuture' from inbox"))
                .containsExactly("7");
    }

    @Test
    void takesADigestForAKeyThatNoIndexHolds() {
        // When
        kit.accept(Samples.command(migration, 1, "z".repeat(5_000)), Samples.command(migration, 2, "nul \0"));
        // Then
        assertThat(database.rows("select exclusive_key from inbox"))
                .allMatch(key -> key.matches("sha256:[0-9a-f]{64}"));
    }
}
