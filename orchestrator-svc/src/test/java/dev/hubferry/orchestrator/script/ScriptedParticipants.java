package dev.hubferry.orchestrator.script;

import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.CommandStatus.Stage;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.contracts.Topics;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.Decoded;
import dev.hubferry.messaging.MessageCodec;
import dev.hubferry.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * All four participants on real Kafka: they answer at once and with success, unless a script says otherwise. They remember commands, so
 * a repeated one is answered as before.
 */
public final class ScriptedParticipants implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Clock clock;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("scripted-participants").unstarted(this::run);
    private final List<Message<?>> received = new CopyOnWriteArrayList<>();
    private final Map<String, Rejected> failing = new ConcurrentHashMap<>();
    private final Set<String> holding = ConcurrentHashMap.newKeySet();
    private final Set<String> losing = ConcurrentHashMap.newKeySet();
    private final Map<MessageId, TraceParent> traces = new ConcurrentHashMap<>();
    private final Map<MessageId, Message<?>> held = new ConcurrentHashMap<>();
    private volatile Duration oldTtl = Duration.ofMillis(20);
    private volatile List<PassReport> seedPasses = List.of();

    public ScriptedParticipants(String bootstrapServers, Clock clock) {
        this.clock = clock;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "scripted-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    public ScriptedParticipants start() {
        consumer.subscribe(
                Arrays.stream(Participant.values()).map(Topics::commandsFor).toList());
        thread.start();
        return this;
    }

    /** A step, in a direction, is rejected from now on. */
    public void fail(String step, Direction direction, ErrorCode code) {
        fail(step, direction, Rejected.of(code, "as scripted"));
    }

    /** As {@link #fail(String, Direction, ErrorCode)}, in other words. */
    public void fail(String step, Direction direction, Rejected answer) {
        failing.put(key(step, direction), answer);
    }

    /** A step's command gets no answer until {@link #release}. */
    public void hold(String step) {
        hold(step, Direction.DO);
    }

    public void hold(String step, Direction direction) {
        holding.add(key(step, direction));
    }

    /** The first attempt at a step never arrives, and its participant says so when it is asked. */
    public void lose(String step) {
        losing.add(step);
    }

    public synchronized void release(String step) {
        holding.remove(key(step, Direction.DO));
        holding.remove(key(step, Direction.UNDO));
        held.values().stream()
                .filter(message ->
                        message.envelope().step().orElseThrow().name().equals(step))
                .toList()
                .forEach(message -> {
                    held.remove(message.envelope().id());
                    answer(message.envelope(), reply(message.envelope(), (Command) message.body()));
                });
    }

    public boolean holds(String step) {
        return held.values().stream()
                .anyMatch(message ->
                        message.envelope().step().orElseThrow().name().equals(step));
    }

    /** What the passes of a seed report from now on. */
    public void seed(List<PassReport> passes) {
        seedPasses = List.copyOf(passes);
    }

    public void oldTtl(Duration ttl) {
        oldTtl = ttl;
    }

    public synchronized void reset() {
        failing.clear();
        losing.clear();
        holding.clear();
        oldTtl = Duration.ofMillis(20);
        seedPasses = List.of();
        held.values()
                .forEach(message ->
                        release(message.envelope().step().orElseThrow().name()));
    }

    /** Commands of a migration in the order of their arrival, such as {@code close-source/do/1}; a repeated one once. */
    public List<String> commandsOf(String migration) {
        return received.stream()
                .filter(message ->
                        message.envelope().migration().value().equals(migration) && message.body() instanceof Command)
                .map(message -> text(message.envelope().step().orElseThrow()))
                .distinct()
                .toList();
    }

    /** Ids of a migration's commands in the order of their arrival, each as often as it came. */
    public List<String> arrivalsOf(String migration) {
        return received.stream()
                .filter(message ->
                        message.envelope().migration().value().equals(migration) && message.body() instanceof Command)
                .map(message -> message.envelope().id().value())
                .toList();
    }

    /** Where in traces a migration's commands came from, by their ids. */
    public Map<MessageId, TraceParent> tracesOf(String migration) {
        return traces.entrySet().stream()
                .filter(entry -> entry.getKey().value().startsWith(migration + "/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The place of a command's run, which its reply comes from, and which the participant itself would tell of. */
    public Optional<TraceParent> runOf(MessageId command) {
        return Optional.ofNullable(traces.get(command)).map(step -> step.named("run/" + command + "/1"));
    }

    /** How often it was asked what became of a migration's commands. */
    public long probesOf(String migration) {
        return received.stream()
                .filter(message ->
                        message.envelope().migration().value().equals(migration) && message.body() instanceof Probe)
                .count();
    }

    /** Says how far a held step has come. */
    public void report(String step, Progress progress) {
        held.values().stream()
                .map(Message::envelope)
                .filter(envelope -> envelope.step().orElseThrow().name().equals(step))
                .forEach(envelope -> send(
                        Topics.PROGRESS,
                        envelope(envelope, new MessageId(UUID.randomUUID().toString()), progress),
                        progress));
    }

    public void sendRaw(String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    /** Says a reply once more. */
    public void repeatReply(String migration, String step) {
        received.stream()
                .filter(message -> message.envelope().migration().value().equals(migration)
                        && message.body() instanceof Command
                        && message.envelope().step().orElseThrow().name().equals(step))
                .findFirst()
                .ifPresent(message -> answer(message.envelope(), reply(message.envelope(), (Command) message.body())));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    private void run() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (MessageCodec.decode(record) instanceof Decoded.Known known) {
                        TraceParent.of(record)
                                .ifPresent(trace -> traces.putIfAbsent(
                                        known.message().envelope().id(), trace));
                        handle(known.message());
                    }
                }
            }
        } catch (WakeupException e) {
            // The end.
        }
    }

    private void handle(Message<?> message) {
        received.add(message);
        switch (message.body()) {
            case Command command -> command(message, command);
            case Cancel cancel -> cancelled(cancel);
            case Probe probe -> probed(message.envelope(), probe);
            case Body _ -> {}
        }
    }

    private synchronized void command(Message<?> message, Command command) {
        StepRef step = message.envelope().step().orElseThrow();
        if (isLost(step)) {
            return;
        }
        if (holding.contains(key(step.name(), step.direction()))) {
            held.put(message.envelope().id(), message);
            return;
        }
        answer(message.envelope(), reply(message.envelope(), command));
    }

    private boolean isLost(StepRef step) {
        return losing.contains(step.name()) && step.attempt() == 1;
    }

    private void probed(Envelope envelope, Probe probe) {
        Stage stage = isLost(envelope.step().orElseThrow()) ? Stage.UNKNOWN : Stage.RUNNING;
        CommandStatus status = new CommandStatus(probe.command(), stage);
        send(Topics.REPLIES, envelope(envelope, new MessageId(envelope.id() + "/status"), status), status);
    }

    private synchronized void cancelled(Cancel cancel) {
        Message<?> command = held.remove(cancel.command());
        if (command != null) {
            answer(command.envelope(), Rejected.of(ErrorCode.CANCELLED, "withdrawn"));
        }
    }

    private Reply reply(Envelope command, Command body) {
        StepRef step = command.step().orElseThrow();
        return Optional.<Reply>ofNullable(failing.get(key(step.name(), step.direction())))
                .orElseGet(() -> body instanceof StorageCommand.SeedHomes && !seedPasses.isEmpty()
                        ? new StorageReply.HomesSeeded(seedPasses)
                        : Answers.to(body, clock.instant(), oldTtl));
    }

    private void answer(Envelope command, Reply reply) {
        ProducerRecord<String, byte[]> record = MessageCodec.encode(
                new Message<>(envelope(command, MessageId.ofReplyTo(command.id()), reply), reply), Topics.REPLIES);
        runOf(command.id())
                .ifPresent(run ->
                        record.headers().add(TraceParent.HEADER, run.header().getBytes(StandardCharsets.US_ASCII)));
        var unused = producer.send(record);
        producer.flush();
    }

    private <B extends Body> void send(String topic, Envelope envelope, B body) {
        var unused = producer.send(MessageCodec.encode(new Message<>(envelope, body), topic));
        producer.flush();
    }

    private Envelope envelope(Envelope command, MessageId id, Body body) {
        return new Envelope(
                id,
                "/test/participants",
                WireTypes.nameOf(body.getClass()),
                clock.instant(),
                command.migration(),
                command.step(),
                Optional.of(command.id()),
                OptionalLong.empty());
    }

    private static String key(String step, Direction direction) {
        return step + "/" + direction.wireName();
    }

    private static String text(StepRef step) {
        return step.name() + "/" + step.direction().wireName() + "/" + step.attempt();
    }
}
