package dev.hubferry.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A real single-node Kafka (KRaft) in its own process on 127.0.0.1.
 *
 * <p>{@link #start} returns when the broker answers. {@link #kill} is a power cut, {@link #restart} brings the same
 * broker back on the same port with the same data.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Options options;
    private final int port;
    private final int controllerPort;
    private ChildProcess process;

    private KafkaBroker(Options options) {
        this.options = options;
        this.port = FreePorts.next();
        this.controllerPort = FreePorts.next();
        writeProperties();
        this.process = launch();
    }

    /**
     * How to run the broker.
     *
     * @param directory holds data, configuration and log; deleted on close when {@code deleteOnClose}
     * @param autoCreateTopics whether producing to an unknown topic creates it (one partition)
     * @param heapMegabytes maximum heap of the broker's JVM
     * @param classPath where Kafka's jars are, in the form of {@code java.class.path}
     * @param deleteOnClose whether close removes the directory
     * @param security how clients get in; everybody does, without TLS, when there is none
     */
    public record Options(
            Path directory,
            boolean autoCreateTopics,
            int heapMegabytes,
            String classPath,
            boolean deleteOnClose,
            Optional<KafkaSecurity> security) {

        /** In a temporary directory, with this JVM's own class path, topics created on demand. */
        public static Options defaults() {
            return new Options(
                    Directories.temporary("hubferry-kafka-"), true, 256, ownClassPath(), true, Optional.empty());
        }

        /** In the given directory, which is kept. */
        public static Options in(Path directory) {
            return new Options(directory.toAbsolutePath(), true, 256, ownClassPath(), false, Optional.empty());
        }

        /** With absolute entries: the broker has a working directory of its own. */
        private static String ownClassPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> !entry.isEmpty())
                    .map(entry -> Path.of(entry).toAbsolutePath().toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }

        public Options withAutoCreateTopics(boolean on) {
            return new Options(directory, on, heapMegabytes, classPath, deleteOnClose, security);
        }

        public Options withHeapMegabytes(int megabytes) {
            return new Options(directory, autoCreateTopics, megabytes, classPath, deleteOnClose, security);
        }

        /** Takes every jar of a directory instead of this JVM's class path. */
        public Options withLibraries(Path libraryDirectory) {
            return new Options(
                    directory, autoCreateTopics, heapMegabytes, libraryDirectory + "/*", deleteOnClose, security);
        }

        /** Only those get in whom {@code security} knows, and they may do what an administrator has allowed. */
        public Options withSecurity(KafkaSecurity how) {
            return new Options(directory, autoCreateTopics, heapMegabytes, classPath, deleteOnClose, Optional.of(how));
        }
    }

    /** Starts a broker with {@link Options#defaults()}. */
    public static KafkaBroker start() {
        return start(Options.defaults());
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @throws TestbedException with the end of its log when it does not answer within two minutes
     */
    public static KafkaBroker start(Options options) {
        KafkaBroker broker = new KafkaBroker(options);
        broker.awaitAnswer();
        return broker;
    }

    /** For {@code bootstrap.servers}: 127.0.0.1:port. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** The process, to freeze it or to read its memory. */
    public ChildProcess process() {
        return process;
    }

    /** Creates the topics that do not exist yet, with this number of partitions. */
    public void createTopics(int partitions, String... names) {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new NewTopic(name, partitions, (short) 1));
        }
        try (Admin admin = admin()) {
            var results = admin.createTopics(topics).values();
            for (var result : results.values()) {
                awaitTopic(result);
            }
        }
    }

    private static void awaitTopic(org.apache.kafka.common.KafkaFuture<Void> result) {
        try {
            result.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new TestbedException("cannot create a topic", e.getCause());
            }
        } catch (TimeoutException e) {
            throw new TestbedException("broker did not create a topic within 30 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while creating topics", e);
        }
    }

    /** A new admin client for this broker; the caller closes it. */
    public Admin admin() {
        Map<String, Object> settings = new HashMap<>(administration());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 60_000);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 120_000);
        return Admin.create(settings);
    }

    /** With what a client may do everything: {@code bootstrap.servers}, and the administrator's way in when it needs one. */
    public Map<String, Object> administration() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        options.security().ifPresent(security -> settings.putAll(security.administrator()));
        return settings;
    }

    /** Kills the broker without warning (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Starts the broker again, on the same port and data, and waits until it answers; kills it first when it runs. */
    public void restart() {
        restartUnheard();
        awaitAnswer();
    }

    /** The same without waiting, for a broker that nobody can trust any more. */
    public void restartUnheard() {
        process.kill();
        process = launch();
    }

    @Override
    public void close() {
        process.kill();
        if (options.deleteOnClose()) {
            Directories.delete(options.directory());
        }
    }

    private ChildProcess launch() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                options.classPath(),
                KafkaBrokerMain.class.getName(),
                propertiesFile().toString(),
                dataDirectory().toString(),
                options.security()
                        .map(security -> security.firstUser().toString())
                        .orElse(""));
        return ChildProcess.start(new ChildProcess.Spec(
                "kafka",
                command,
                Map.of(),
                options.directory(),
                options.directory().resolve("kafka.log")));
    }

    private void awaitAnswer() {
        process.awaitReady(START_LIMIT, () -> {
            if (!accepts()) {
                return false;
            }
            try (Admin admin = admin()) {
                return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
            }
        });
    }

    /** Only connects: who binds the port to see whether it is taken may take it from the broker. */
    private boolean accepts() {
        try (Socket socket = new Socket()) {
            // From another address, so that it never meets itself.
            socket.bind(new InetSocketAddress("127.0.0.9", 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path propertiesFile() {
        return options.directory().resolve("server.properties");
    }

    private Path dataDirectory() {
        return options.directory().resolve("data");
    }

    private void writeProperties() {
        String listener = options.security().isPresent() ? "SASL_SSL" : "PLAINTEXT";
        String text = """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%d
                listeners=%s://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=%s://127.0.0.1:%d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
                log.dirs=%s
                auto.create.topics.enable=%s
                num.partitions=1
                num.network.threads=2
                num.io.threads=2
                background.threads=2
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                log.segment.bytes=16777216
                log.cleaner.dedupe.buffer.size=4194304
                controlled.shutdown.enable=false
                %s
                """.formatted(
                        controllerPort,
                        listener,
                        port,
                        controllerPort,
                        listener,
                        port,
                        dataDirectory(),
                        options.autoCreateTopics(),
                        options.security().map(KafkaSecurity::brokerProperties).orElse(""));
        try {
            Files.createDirectories(options.directory());
            KafkaSecurity.writePrivate(propertiesFile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + propertiesFile(), e);
        }
    }
}
