package dev.hubferry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand.SwitchRecord;
import dev.hubferry.contracts.DnsReply.RecordSwitchedBack;
import dev.hubferry.contracts.DnsReply.TtlLowered;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.IngressAddress.Kind;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent.MigrationCompleted;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageReply.HomesChecked;
import dev.hubferry.contracts.WireTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final MigrationId MIGRATION = new MigrationId("m-1");
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Message<?> COMMAND = Samples.command(MIGRATION, 2, "example.org");

    @Test
    void writesCloudEventsInBinaryMode() {
        // When
        ProducerRecord<String, byte[]> made = MessageCodec.encode(COMMAND, "topic");
        // Then
        assertThat(made.key()).isEqualTo("m-1");
        assertThat(headers(made))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "m-1/restore-ttl/do/2",
                        "ce_source", "/hubferry/test",
                        "ce_type", "dns.restore-ttl.v1",
                        "ce_time", "2026-11-22T10:00:00.123456Z",
                        "ce_subject", "m-1",
                        "ce_step", "restore-ttl",
                        "ce_direction", "do",
                        "ce_attempt", "2",
                        "content-type", "application/json"));
        assertThat(new String(made.value(), UTF_8))
                .isEqualTo("{\"zone\":\"example.org\",\"name\":\"hub.example.org\"}");
    }

    @Test
    void readsWhatItWrote() {
        // Given
        Message<?> reply = new Message<>(
                new Envelope(
                        new MessageId("r"),
                        "/hubferry/dns-svc",
                        "dns.ttl-lowered.v1",
                        TIME,
                        MIGRATION,
                        Optional.of(new StepRef("lower-ttl", Direction.UNDO, 3)),
                        Optional.of(new MessageId("c")),
                        OptionalLong.empty()),
                new TtlLowered(Duration.ofSeconds(1799), Duration.ofSeconds(60), TIME));
        Message<?> event = new Message<>(
                new Envelope(
                        new MessageId("e"),
                        "/hubferry/orchestrator-svc",
                        WireTypes.nameOf(MigrationCompleted.class),
                        TIME,
                        MIGRATION,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(7)),
                new MigrationCompleted());
        // Then
        assertThat(decode(MessageCodec.encode(reply, "topic"))).isEqualTo(new Decoded.Known(reply));
        assertThat(decode(MessageCodec.encode(event, "topic"))).isEqualTo(new Decoded.Known(event));
    }

    @Test
    void writesTimesAsIso8601() {
        // Given
        var body = new TtlLowered(Duration.ofSeconds(1799), Duration.ofSeconds(60), TIME);
        // When
        WireMessage wire = MessageCodec.encode(Samples.message(new MessageId("r"), MIGRATION, Optional.empty(), body));
        // Then
        assertThat(wire.body())
                .isEqualTo("{\"oldTtl\":\"PT29M59S\",\"newTtl\":\"PT1M\",\"at\":\"2026-11-22T10:00:00.123456Z\"}");
    }

    @Test
    void ignoresPropertiesThatItDoesNotKnow() {
        // When
        Decoded decoded = decode(with("{\"zone\":\"z\",\"name\":\"n\",\"fromTheFuture\":[1,{}]}"));
        // Then
        assertThat(decoded).isInstanceOf(Decoded.Known.class);
    }

    @Test
    void takesAFailureOfANewerVersionForAnUnexpectedOne() {
        // Given
        Message<Rejected> known = Samples.message(
                new MessageId("r"), MIGRATION, Optional.empty(), Rejected.of(ErrorCode.CANCELLED, "as it says"));
        WireMessage wire = MessageCodec.encode(known);
        // When
        Decoded decoded = MessageCodec.decode(
                new WireMessage(wire.key(), wire.headers(), wire.body().replace("CANCELLED", "MOON_IS_FULL")));
        // Then
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Known.class,
                        message -> assertThat(message.message().body())
                                .isEqualTo(Rejected.of(ErrorCode.UNEXPECTED, "as it says")));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3, ce_specversion",
        "ce_specversion,    , ce_specversion",
        "ce_id,             , ce_id",
        "ce_type,           , ce_type",
        "ce_type, dns.from-the-future.v9, not known here",
        "ce_time, yesterday, envelope",
        "ce_subject, Not An Id, envelope",
        "ce_direction, sideways, ce_direction",
        "ce_attempt, many, envelope",
        "ce_attempt, 0, envelope",
        "ce_attempt,        , ce_attempt",
        "ce_sequence, x, envelope"
    })
    void namesWhatIsWrongWithAnEnvelope(String header, @Nullable String value, String reason) {
        // Given
        ProducerRecord<String, byte[]> made = MessageCodec.encode(COMMAND, "topic");
        made.headers().remove(header);
        if (value != null) {
            made.headers().add(header, value.getBytes(UTF_8));
        }
        // Then
        assertThat(decode(made))
                .isInstanceOfSatisfying(
                        Decoded.Undecodable.class,
                        undecodable -> assertThat(undecodable.reason()).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "{", "[]", "7", "{} {}", "{\"zone\":\"\",\"name\":\"n\"}", "{\"zone\":\"z\"}", "\0"})
    void refusesABodyThatIsNoSuchCommand(String body) {
        assertThat(decode(with(body))).isInstanceOf(Decoded.Undecodable.class);
    }

    @Test
    void refusesWhatIsNotUtf8OrNotThere() {
        // Given
        ProducerRecord<String, byte[]> made = MessageCodec.encode(COMMAND, "topic");
        var garbage = new ProducerRecord<>("topic", null, "m-1", new byte[] {(byte) 0xff, 0}, made.headers());
        var bare = new ProducerRecord<>("topic", "m-1", "{}".getBytes(UTF_8));
        // Then
        assertThat(decode(garbage)).isEqualTo(new Decoded.Undecodable("the body is not UTF-8"));
        assertThat(MessageCodec.decode(absent(made))).isEqualTo(new Decoded.Undecodable("the body is missing"));
        assertThat(decode(bare)).isEqualTo(new Decoded.Undecodable("header ce_specversion is missing"));
    }

    @Test
    void tellsWhoseMessageItIsThoughItKnowsNeitherItsTypeNorItsBody() {
        // Given
        ProducerRecord<String, byte[]> later = MessageCodec.encode(COMMAND, "topic");
        later.headers().remove("ce_type").add("ce_type", "dns.from-the-future.v9".getBytes(UTF_8));
        // Then
        assertThat(MessageCodec.envelope(Kit.received(later, 0))).hasValueSatisfying(envelope -> {
            assertThat(envelope.id()).isEqualTo(COMMAND.envelope().id());
            assertThat(envelope.migration()).isEqualTo(MIGRATION);
        });
        assertThat(MessageCodec.envelope(Kit.received(with("{}"), 0))).contains(COMMAND.envelope());
    }

    @Test
    void tellsNotWhoseMessageItIsWhenTheEnvelopeIsWrongOrItIsNotText() {
        // Given
        ProducerRecord<String, byte[]> nameless = MessageCodec.encode(COMMAND, "topic");
        nameless.headers().remove("ce_id");
        ProducerRecord<String, byte[]> made = MessageCodec.encode(COMMAND, "topic");
        var garbage = new ProducerRecord<>("topic", null, "m-1", new byte[] {(byte) 0xff}, made.headers());
        // Then
        assertThat(MessageCodec.envelope(Kit.received(nameless, 0))).isEmpty();
        assertThat(MessageCodec.envelope(Kit.received(garbage, 0))).isEmpty();
    }

    @Test
    void keepsNestedValues() {
        // Given
        var body = new SwitchRecord(
                "z",
                "n",
                new IngressAddress(Kind.IPV4, "192.0.2.1"),
                new IngressAddress(Kind.HOSTNAME, "lb.example.org"));
        Message<?> message = Samples.message(new MessageId("c"), MIGRATION, Optional.empty(), body);
        // Then
        assertThat(decode(MessageCodec.encode(message, "topic"))).isEqualTo(new Decoded.Known(message));
    }

    @Test
    void readsAnAnswerOfASenderThatDoesNotKnowTheZoneYet() {
        // Given
        Message<?> answer = Samples.message(
                new MessageId("c"), MIGRATION, Optional.empty(), new RecordSwitchedBack(true, Optional.empty()));
        // When
        ProducerRecord<String, byte[]> made = MessageCodec.encode(answer, "topic");
        // Then
        assertThat(new String(made.value(), UTF_8)).isEqualTo("{\"happened\":true}");
        assertThat(decode(made)).isEqualTo(new Decoded.Known(answer));
    }

    @Test
    void readsAnAnswerOfASenderThatDoesNotKnowTransportsYet() {
        // Given
        HomesChecked checked = new HomesChecked(1, 2, 3, 4, 5, List.of());
        Message<?> answer = Samples.message(new MessageId("c"), MIGRATION, Optional.empty(), checked);
        // When
        ProducerRecord<String, byte[]> made = MessageCodec.encode(answer, "topic");
        // Then
        assertThat(new String(made.value(), UTF_8)).doesNotContain("transport");
        assertThat(decode(made)).isEqualTo(new Decoded.Known(answer));
    }

    private static ProducerRecord<String, byte[]> with(String body) {
        ProducerRecord<String, byte[]> made = MessageCodec.encode(COMMAND, "topic");
        return new ProducerRecord<>("topic", null, made.key(), body.getBytes(UTF_8), made.headers());
    }

    @SuppressWarnings("NullAway") // Kafka has records without a value, whatever its types say.
    private static ConsumerRecord<String, byte[]> absent(ProducerRecord<String, byte[]> made) {
        return Kit.received(new ProducerRecord<>("topic", null, made.key(), null, made.headers()), 0);
    }

    private static Decoded decode(ProducerRecord<String, byte[]> sent) {
        return MessageCodec.decode(Kit.received(sent, 0));
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> made) {
        Map<String, String> headers = new HashMap<>();
        made.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
