package dev.hubferry.messaging;

import dev.hubferry.contracts.Message;
import dev.hubferry.testbed.Await;
import dev.hubferry.trace.TraceParent;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** One replica of a service, put together without CDI; several may share a database. */
final class Kit implements AutoCloseable {
    /** Generous: what is awaited takes a second, but machines that build may be slow. */
    static final Duration LIMIT = Duration.ofMinutes(3);

    final Outbox outbox = new Outbox();
    final Transactions transactions;
    final MeterRegistry registry = new SimpleMeterRegistry();
    final CommandIntake intake;
    final DurableExecutor executor;
    final OutboxRelay relay;
    private final ProgressPublisher progress;
    private final Retry retry;
    private long offset;

    Kit(TestDatabase database, Producer<String, byte[]> producer, CommandHandler<?> handler) {
        this(
                database,
                producer,
                handler,
                MessagingConfigTest.config(
                        Map.of("hubferry.messaging.inbox-poll", "PT0.1S", "hubferry.messaging.lease", "PT3M")));
    }

    Kit(TestDatabase database, Producer<String, byte[]> producer, CommandHandler<?> handler, MessagingConfig config) {
        this(database, producer, handler, config, Traces.NONE);
    }

    Kit(
            TestDatabase database,
            Producer<String, byte[]> producer,
            CommandHandler<?> handler,
            MessagingConfig config,
            Traces traces) {
        String owner = MessagingBeans.owner(config.source());
        Clock clock = Clock.systemUTC();
        transactions = database.transactions();
        retry = new Retry(config.retryPause());
        var replies = new Replies(config.source(), clock);
        var meters = new Meters(registry);
        var reader = new MessageReader(new DeadLetters(producer, config.source(), config.retryPause(), meters));
        var leases = new LeaseKeeper(owner, transactions, config, new LeaseClock(clock, System::nanoTime));
        var endings = new Endings(owner, transactions, outbox, retry);
        AnyHandler<?> any = new AnyHandler<>(handler);
        progress = new ProgressPublisher(producer, replies, config.progressInterval());
        executor = new DurableExecutor(
                owner, any, transactions, leases, endings, replies, progress, config, meters, traces);
        intake = new CommandIntake(any, reader, transactions, outbox, replies, retry, executor);
        relay = new OutboxRelay(transactions, outbox, producer, config, meters, traces);
    }

    Kit start() {
        new StartCheck(transactions, MessagingConfigTest.config(Map.of())).run();
        relay.start();
        progress.start();
        executor.start();
        return this;
    }

    /** As if the messages had come from Kafka in one batch. */
    void accept(Message<?>... messages) {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
        for (Message<?> message : messages) {
            batch.add(received(MessageCodec.encode(message, "hubferry.commands.dns"), offset++));
        }
        accept(batch);
    }

    /** As if it had come from Kafka in a trace. */
    void acceptIn(TraceParent trace, Message<?> message) {
        ProducerRecord<String, byte[]> sent = MessageCodec.encode(message, "hubferry.commands.dns");
        sent.headers().add(TraceParent.HEADER, trace.header().getBytes(StandardCharsets.UTF_8));
        accept(List.of(received(sent, offset++)));
    }

    private void accept(List<ConsumerRecord<String, byte[]>> batch) {
        try {
            intake.accept(batch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent, long offset) {
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
                java.util.Optional.empty());
    }

    @Override
    public void close() {
        retry.stop();
        try {
            executor.stop();
            progress.stop();
            relay.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void until(String what, java.util.concurrent.Callable<Boolean> condition) {
        Await.until(what, LIMIT, condition);
    }
}
