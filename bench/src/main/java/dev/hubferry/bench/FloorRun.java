package dev.hubferry.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.bench.Results.Floored;
import dev.hubferry.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The least that a step can cost: its message goes through Kafka once and its outcome is committed once, on as many connections as the
 * orchestrator has, with nothing decided and nothing else written.
 */
final class FloorRun implements AutoCloseable {
    static final String TOPIC = "bench.floor";
    private static final int CONNECTIONS = 20;
    private static final byte[] BODY = "x".repeat(400).getBytes(UTF_8);

    private final Producer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(CONNECTIONS);
    private final List<Connection> all = new ArrayList<>();
    private final List<BlockingQueue<Boolean>> arrivals = new ArrayList<>();
    private final Thread hearer = Thread.ofPlatform().daemon().name("floor").unstarted(this::hear);
    private volatile boolean over;

    private FloorRun(World world, int concurrency) throws SQLException {
        Map<String, Object> broker = Map.of("bootstrap.servers", world.kafka().bootstrapServers());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", world.kafka().bootstrapServers(), "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
        connect(world.postgres());
        IntStream.range(0, concurrency).forEach(_ -> arrivals.add(new ArrayBlockingQueue<>(1)));
    }

    /** Rounds for the time of {@code window}, so many at once; a tenth more before it is not counted. */
    static Floored measure(World world, int concurrency, Duration window) throws InterruptedException {
        try (FloorRun run = new FloorRun(world, concurrency)) {
            return run.measure(window);
        } catch (SQLException e) {
            throw new IllegalStateException("the floor cannot be measured", e);
        }
    }

    private Floored measure(Duration window) throws InterruptedException {
        subscribe();
        hearer.start();
        long from = System.nanoTime() + window.toNanos() / 10;
        long to = from + window.toNanos();
        List<Worker> workers =
                IntStream.range(0, arrivals.size()).mapToObj(Worker::new).toList();
        List<Thread> threads = workers.stream()
                .map(worker -> Thread.startVirtualThread(() -> worker.run(from, to)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        double[] millis = workers.stream()
                .flatMapToDouble(worker -> worker.millis.stream().mapToDouble(Double::doubleValue))
                .toArray();
        workers.stream().flatMap(worker -> worker.failures.stream()).findFirst().ifPresent(failure -> {
            throw new IllegalStateException("a round of the floor failed", failure);
        });
        return new Floored(millis.length / (window.toNanos() / 1e9), Percentiles.of(millis));
    }

    /** One of those who go round at the same time. */
    private final class Worker {
        private final int number;
        private final List<Double> millis = new ArrayList<>();
        private final List<Exception> failures = new ArrayList<>();

        Worker(int number) {
            this.number = number;
        }

        void run(long from, long to) {
            try {
                for (long start = System.nanoTime(); start < to; start = System.nanoTime()) {
                    round();
                    long end = System.nanoTime();
                    if (start >= from && end < to) {
                        millis.add((end - start) / 1e6);
                    }
                }
            } catch (SQLException | InterruptedException e) {
                failures.add(e);
            }
        }

        private void round() throws InterruptedException, SQLException {
            var unused = producer.send(new ProducerRecord<>(TOPIC, Integer.toString(number), BODY));
            arrivals.get(number).take();
            Connection connection = connections.take();
            try {
                commit(connection);
            } finally {
                connections.put(connection);
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into step (body) values (?)")) {
            insert.setBytes(1, BODY);
            insert.executeUpdate();
        }
    }

    private void connect(PostgresServer postgres) throws SQLException {
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = postgres.dataSource(World.FLOOR).getConnection();
            all.add(connection);
            connections.add(connection);
        }
        try (var statement = all.getFirst().createStatement()) {
            statement.execute(
                    "create table if not exists step (id bigint generated always as identity primary key, body bytea)");
        }
    }

    private void subscribe() {
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private void hear() {
        try {
            while (!over) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    arrivals.get(Integer.parseInt(record.key())).put(true);
                }
            }
        } catch (WakeupException | InterruptedException e) {
            // It is closed.
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        consumer.wakeup();
        hearer.interrupt();
        hearer.join();
        consumer.close();
        producer.close();
        for (Connection connection : all) {
            try {
                connection.close();
            } catch (SQLException e) {
                // What it did is committed; nothing is left to be lost.
            }
        }
    }
}
