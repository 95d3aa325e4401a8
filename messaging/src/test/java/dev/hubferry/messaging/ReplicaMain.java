package dev.hubferry.messaging;

import dev.hubferry.contracts.Topics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A replica as a process of its own, to be killed, suspended and halted. Arguments: JDBC URL, broker, topic, {@link Halt}. */
final class ReplicaMain {
    static final String READY = "the replica is ready";

    private ReplicaMain() {}

    /** Where the process ends, as if the machine lost power. */
    enum Halt {
        NEVER,
        BEFORE_PUBLISHING,
        AFTER_PUBLISHING
    }

    public static void main(String[] arguments) throws InterruptedException {
        TestDatabase database = TestDatabase.pooled(arguments[0]);
        String broker = arguments[1];
        Producer<String, byte[]> producer =
                halting(KafkaProducers.create(Map.of("bootstrap.servers", broker)), Halt.valueOf(arguments[3]));
        Kit kit = new Kit(database, producer, new GatedHandler(database), MessagingConfigTest.config(Map.of()));
        kit.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            GatedHandler.processEnds(database);
            kit.close();
        }));
        System.out.println(READY);
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        // A group of its own, since the broker waits for the killed members of others.
                        "group.id",
                        arguments[2],
                        "session.timeout.ms",
                        6_000,
                        "heartbeat.interval.ms",
                        2_000,
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        500),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(arguments[2]));
            while (true) {
                ConsumerRecords<String, byte[]> batch = consumer.poll(Duration.ofMillis(100));
                kit.intake.accept(batch);
                acknowledge(consumer);
            }
        }
    }

    private static void acknowledge(KafkaConsumer<String, byte[]> consumer) {
        try {
            consumer.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // It slept for so long that another one has its partitions. What was stored comes again there, and changes
            // nothing.
            System.out.println("the group went on without this replica");
        }
    }

    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> halting(Producer<String, byte[]> producer, Halt halt) {
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                ReplicaMain.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, values) -> {
                    boolean reply = method.getName().equals("send")
                            && values[0] instanceof ProducerRecord<?, ?> sent
                            && sent.topic().equals(Topics.REPLIES);
                    if (reply && halt == Halt.BEFORE_PUBLISHING) {
                        Runtime.getRuntime().halt(1);
                    }
                    try {
                        Object result = method.invoke(producer, values);
                        if (reply && halt == Halt.AFTER_PUBLISHING && result instanceof Future<?> published) {
                            var unused = published.get();
                            Runtime.getRuntime().halt(1);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
