package dev.hubferry.messaging;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.InboxTable.Claim;
import dev.hubferry.trace.NamedSpanIds;
import dev.hubferry.trace.OtelTraces;
import dev.hubferry.trace.TraceParent;
import dev.hubferry.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A participant's part of a trace, from the command to the reply. */
class RunTraceTest {
    private static final TraceParent STEP =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private final InMemorySpanExporter told = InMemorySpanExporter.create();
    private final Traces traces = new OtelTraces(
            SdkTracerProvider.builder()
                    .setIdGenerator(new NamedSpanIds())
                    .addSpanProcessor(SimpleSpanProcessor.create(told))
                    .build()
                    .get("test"),
            Clock.systemUTC());
    private final TestDatabase database = TestDatabase.create().migrated();
    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final ScriptedHandler handler = new ScriptedHandler((_, _) -> Samples.DONE);
    private final MessagingConfig config = MessagingConfigTest.config(
            Map.of("hubferry.messaging.inbox-poll", "PT0.1S", "hubferry.messaging.lease", "PT3M"));
    private final Kit kit = new Kit(database, broker, handler, config, traces).start();
    private final Message<?> command = Samples.command(Samples.newMigration(), 2);

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void tellsARunAsAPartOfTheCommandsTraceAndItsCallsAsPartsOfTheRun() {
        // Given
        handler.when(command.envelope().id(), (_, _) -> {
            call("ssh check-host");
            // As both sides of a copy are looked at.
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var unused = threads.submit(() -> call("ssh census"));
            }
            return Rejected.of(ErrorCode.TARGET_FULL, "a test");
        });
        // When
        kit.acceptIn(STEP, command);
        // Then
        SpanData run = await("run dns.restore-ttl.v1").getFirst();
        assertThat(run.getTraceId()).isEqualTo(STEP.traceId());
        assertThat(run.getParentSpanId()).isEqualTo(STEP.spanId());
        assertThat(run.getStatus().getDescription()).isEqualTo("TARGET_FULL");
        assertThat(run.getAttributes().get(AttributeKey.stringKey("hubferry.step")))
                .isEqualTo("restore-ttl");
        assertThat(run.getAttributes().get(AttributeKey.longKey("hubferry.attempt")))
                .isEqualTo(2);
        assertThat(run.getAttributes().get(AttributeKey.booleanKey("hubferry.resumed")))
                .isFalse();
        assertThat(named("ssh check-host", "ssh census"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.getParentSpanId()).isEqualTo(run.getSpanId()));
        SpanData sent = await("send " + Topics.REPLIES).getFirst();
        assertThat(sent.getParentSpanId()).isEqualTo(run.getSpanId());
        assertThat(traceOfReply()).isEqualTo("00-" + STEP.traceId() + "-" + run.getSpanId() + "-01");
    }

    @Test
    void goesOnWithTheTraceWhenARunDiedAndTellsOfThatOneToo() {
        // Given a run that left calls, and whose process is gone
        Message<?> other = Samples.command(Samples.newMigration(), 1);
        TraceParent first = STEP.named("run/" + other.envelope().id() + "/1");
        try (Traces.Work _ = traces.within(first)) {
            call("ssh check-host");
        }
        // When
        claimAndDie(other);
        List<SpanData> runs = await(2, "run dns.restore-ttl.v1");
        // Then
        SpanData gone = runs.stream()
                .filter(run -> run.getSpanId().equals(first.spanId()))
                .findFirst()
                .orElseThrow();
        SpanData resumed = runs.stream().filter(run -> run != gone).findFirst().orElseThrow();
        assertThat(gone.getStatus().getDescription()).isEqualTo("LOST");
        assertThat(resumed.getAttributes().get(AttributeKey.booleanKey("hubferry.resumed")))
                .isTrue();
        assertThat(resumed.getAttributes().get(AttributeKey.longKey("hubferry.run")))
                .isEqualTo(2);
        assertThat(runs).allSatisfy(run -> assertThat(run.getParentSpanId()).isEqualTo(STEP.spanId()));
        await("send " + Topics.REPLIES);
        assertThat(orphans()).isEmpty();
    }

    private void claimAndDie(Message<?> abandoned) {
        database.transactions().runInTransaction(connection -> {
            var wire = MessageCodec.encode(abandoned).with(Map.of(TraceParent.HEADER, STEP.header()));
            InboxTable.insert(
                    connection,
                    List.of(new InboxTable.Arrival(
                            abandoned.envelope().id(), abandoned.envelope().type(), "zone:abandoned", wire)));
            List<Claim> claims = InboxTable.claim(
                    connection, "the dead", Set.of(abandoned.envelope().type()), 1, Duration.ZERO);
            assertThat(claims).hasSize(1);
        });
    }

    @Test
    void tellsACommandThatComesTwiceOnce() {
        // Given
        kit.acceptIn(STEP, command);
        await("run dns.restore-ttl.v1");
        await("send " + Topics.REPLIES);
        // When it comes again, with whatever trace
        kit.acceptIn(STEP.named("somewhere else"), command);
        Message<?> next = Samples.command(command.envelope().migration(), 3);
        kit.acceptIn(STEP, next);
        // Then
        List<SpanData> runs = await(2, "run dns.restore-ttl.v1");
        assertThat(runs)
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.getParentSpanId()).isEqualTo(STEP.spanId()));
        assertThat(orphans()).isEmpty();
    }

    @Test
    void tellsOfCallsWithoutNumberOnlyTheFirstAndThoseThatFailed() {
        // Given
        handler.when(command.envelope().id(), (_, _) -> {
            for (int i = 0; i < 1_000; i++) {
                call("ssh pass-status");
            }
            traces.call("ssh pass-status", Map.of()).failed("SSH_UNREACHABLE").close();
            return Samples.DONE;
        });
        // When
        kit.acceptIn(STEP, command);
        // Then
        SpanData run = await("run dns.restore-ttl.v1").getFirst();
        assertThat(named("ssh pass-status")).hasSize(21);
        assertThat(run.getAttributes().get(AttributeKey.longKey("hubferry.calls")))
                .isEqualTo(1_001);
        assertThat(run.getAttributes().get(AttributeKey.longKey("hubferry.calls.untold")))
                .isEqualTo(980);
    }

    @Test
    void tellsNothingOfWhatIsNotSampledOrHasNoTrace() {
        // Given
        handler.when(command.envelope().id(), (_, _) -> {
            call("ssh check-host");
            return Samples.DONE;
        });
        TraceParent unsampled = new TraceParent(STEP.traceId(), STEP.spanId(), false);
        // When
        kit.acceptIn(unsampled, command);
        kit.accept(Samples.command(command.envelope().migration(), 3));
        // Then the replies say on that nobody keeps the trace
        Kit.until("both replies", () -> replies().count() == 2);
        assertThat(traceOfReply()).startsWith("00-" + STEP.traceId()).endsWith("-00");
        assertThat(replies().filter(reply -> reply.headers().lastHeader(TraceParent.HEADER) != null))
                .hasSize(1);
        assertThat(told.getFinishedSpanItems()).isEmpty();
    }

    private void call(String name) {
        traces.call(name, Map.of("hubferry.connection", "nfs-old")).close();
    }

    private List<SpanData> await(String name) {
        return await(1, name);
    }

    private List<SpanData> await(int count, String name) {
        Kit.until(count + " spans " + name, () -> named(name).size() >= count);
        return named(name);
    }

    private List<SpanData> named(String... names) {
        Set<String> wanted = Set.of(names);
        return told.getFinishedSpanItems().stream()
                .filter(span -> wanted.contains(span.getName()))
                .toList();
    }

    /** Spans whose parent nobody told of, but for the step, which is the orchestrator's. */
    private List<String> orphans() {
        Set<String> known =
                told.getFinishedSpanItems().stream().map(SpanData::getSpanId).collect(toSet());
        return told.getFinishedSpanItems().stream()
                .filter(span -> !known.contains(span.getParentSpanId()))
                .filter(span -> !span.getParentSpanId().equals(STEP.spanId()))
                .map(SpanData::getName)
                .toList();
    }

    private Stream<ProducerRecord<String, byte[]>> replies() {
        return broker.history().stream().filter(sent -> sent.topic().equals(Topics.REPLIES));
    }

    private String traceOfReply() {
        byte[] header = replies()
                .map(reply -> reply.headers().lastHeader(TraceParent.HEADER))
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow()
                .value();
        return new String(header, StandardCharsets.UTF_8);
    }
}
