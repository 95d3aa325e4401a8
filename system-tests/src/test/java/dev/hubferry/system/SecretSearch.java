package dev.hubferry.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.TraceCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks for secrets of a world where none may be: in every record of Kafka, every row of Postgres, every line of the services' logs, every
 * span that they tell, and, from its start to its end, in the arguments of every process of the machine.
 */
final class SecretSearch implements AutoCloseable {
    static final String KAFKA = "Kafka";
    static final String POSTGRES = "Postgres";
    static final String LOGS = "a log";
    static final String TRACES = "a trace";
    static final String ARGUMENTS = "the arguments of a process";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Pattern OF_KUBECONFIG =
            Pattern.compile("(?m)^\\s*(?:token|client-key-data):\\s*\"?([^\"\\s]+)");

    private final SandboxWorld world;
    private final Supplier<String> traces;
    private final Map<String, String> wanted = new ConcurrentHashMap<>();
    private final Set<String> inArguments = ConcurrentHashMap.newKeySet();
    private final Thread watch;

    private SecretSearch(SandboxWorld world, Supplier<String> traces) {
        this.world = world;
        this.traces = traces;
        this.watch = Thread.ofVirtual().name("arguments").unstarted(this::watchArguments);
    }

    /** Begins to watch the arguments of processes for the world's secrets. */
    static SecretSearch in(SandboxWorld world, TraceCollector traces) throws IOException {
        return begin(new SecretSearch(world, traces::text));
    }

    /** As {@link #in(SandboxWorld, TraceCollector)}, of a world that tells no traces. */
    static SecretSearch in(SandboxWorld world) throws IOException {
        return begin(new SecretSearch(world, () -> ""));
    }

    private static SecretSearch begin(SecretSearch search) throws IOException {
        SandboxWorld world = search.world;
        world.tokens().byRole().forEach((role, token) -> search.want("the token of " + role, token));
        search.want(
                "the key of the DNS provider",
                Files.readString(world.layout().secrets().resolve("namecheap-key")));
        search.wantKey("the ssh key of storage-svc", world.layout().secrets().resolve("storage-key"));
        search.wantKey("the key of the requester", world.requester().privateKey());
        for (String cluster : List.of(SandboxWorld.OLD, SandboxWorld.NEW)) {
            Matcher matcher = OF_KUBECONFIG.matcher(
                    Files.readString(world.cluster(cluster).kubeconfigFile()));
            while (matcher.find()) {
                search.want("the kubeconfig of " + cluster, matcher.group(1));
            }
            search.wantHubSecret(cluster);
        }
        search.watch.start();
        return search;
    }

    /** Something else to look for. */
    void want(String name, String value) {
        wanted.put(name, value.strip());
    }

    /** The key with which homes are pulled, while there is one; a line of it. */
    void wantKeyOfRoute(Path runs) {
        try (Stream<Path> keys = Files.find(runs, 2, (path, _) -> path.endsWith("key"))) {
            for (Path key : keys.toList()) {
                wantKey("the key of the route", key);
            }
        } catch (IOException | UncheckedIOException e) {
            // There is no route yet, or not any more.
        }
    }

    /** A line from the middle of a PEM file. */
    private void wantKey(String name, Path pem) throws IOException {
        List<String> lines = Files.readAllLines(pem);
        want(name, lines.get(lines.size() / 2));
    }

    Collection<String> names() {
        return new TreeSet<>(wanted.keySet());
    }

    /** Where each of what is wanted was found; nothing of what was found nowhere. */
    Map<String, Set<String>> found() throws SQLException, IOException {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        search(KAFKA, records(), found);
        search(POSTGRES, rows(), found);
        search(LOGS, logs(), found);
        search(TRACES, List.of(traces.get()), found);
        inArguments.forEach(name -> put(name, ARGUMENTS, found));
        return found;
    }

    private void search(String place, List<String> texts, Map<String, Set<String>> found) {
        wanted.forEach((name, value) -> {
            if (texts.stream().anyMatch(text -> holds(text, value))) {
                put(name, place, found);
            }
        });
    }

    private static void put(String name, String place, Map<String, Set<String>> found) {
        found.computeIfAbsent(name, _ -> new TreeSet<>()).add(place);
    }

    private static boolean holds(String text, String value) {
        return text.contains(value)
                || text.contains(
                        Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    private void wantHubSecret(String cluster) {
        JsonNode data = world.cluster(cluster)
                .world()
                .find(ResourceTypes.SECRETS, SandboxWorld.HUB, "hub")
                .orElseThrow()
                .path("data");
        data.properties().forEach(field -> {
            String value =
                    new String(Base64.getDecoder().decode(field.getValue().asText()), StandardCharsets.UTF_8);
            // What is short or has several lines is no key but a setting.
            if (value.matches("\\S{32,}")) {
                want("%s of the hub in %s".formatted(field.getKey(), cluster), value);
            }
        });
    }

    private List<String> records() {
        List<String> texts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                world.kafka().administration(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    texts.add(text(each.key()));
                    texts.add(text(each.value()));
                    each.headers().forEach(header -> texts.add(text(header.value())));
                }
            }
        }
        return texts;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection =
                DriverManager.getConnection(world.jdbcUrl(), PostgresServer.USER, PostgresServer.USER)) {
            for (String select : selects(connection)) {
                try (var statement = connection.createStatement();
                        ResultSet found = statement.executeQuery(select)) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    /** One for each table: all of a row as text, its bytes as far as they are ASCII. */
    private static List<String> selects(Connection connection) throws SQLException {
        List<String> selects = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("""
                        select format('select concat_ws('' '', %s) from %I.%I',
                                      string_agg(case when data_type = 'bytea' then format('encode(%I, ''escape'')', column_name)
                                                      else format('%I::text', column_name) end, ', '),
                                      table_schema, table_name)
                        from information_schema.columns join information_schema.tables using (table_schema, table_name)
                        where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
                        group by table_schema, table_name
                        """)) {
            while (tables.next()) {
                selects.add(tables.getString(1));
            }
        }
        return selects;
    }

    private List<String> logs() throws IOException {
        List<String> logs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(world.layout().services())) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                logs.add(Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        }
        return logs;
    }

    private void watchArguments() {
        try {
            while (true) {
                try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                    processes
                            .filter(process -> process.getFileName().toString().matches("\\d+"))
                            .forEach(this::lookAt);
                } catch (IOException e) {
                    throw new IllegalStateException("this machine has no /proc", e);
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    private void lookAt(Path process) {
        try {
            String arguments = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            wanted.forEach((name, value) -> {
                if (holds(arguments, value)) {
                    inArguments.add(name);
                }
            });
        } catch (IOException e) {
            // It has ended meanwhile.
        }
    }

    @Override
    public void close() throws InterruptedException {
        watch.interrupt();
        watch.join();
    }
}
