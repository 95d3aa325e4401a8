package dev.hubferry.system.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.system.crash.Arming.Armed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What some scenarios do to the services so that they come by a failpoint at all. */
final class Disturbance {
    /** Rows whose commands take long enough to be met, in the order in which they come. */
    private static final Map<Service, List<String>> LONG_ROWS = Map.of(
            Service.ORCHESTRATOR, List.of(),
            Service.STORAGE, List.of("open-route", "seed-homes", "sync-final", "verify-homes", "confirm-quiet"),
            Service.K8S, List.of("evict-users", "stop-source-hub", "start-target-hub", "smoke-test-target"),
            Service.DATABASE, List.of("check-database"),
            Service.DNS, List.of("await-propagation", "restore-ttl"));

    private final CrashWorld world;
    private final Scenario scenario;
    private final Map<Service, List<String>> rowsLeft = new HashMap<>();
    private final SlowCluster slowCluster;

    Disturbance(CrashWorld world, Scenario scenario, List<Armed> cells) {
        this.world = world;
        this.scenario = scenario;
        this.slowCluster = new SlowCluster(world.sandbox());
        for (Armed armed : cells) {
            Service service = armed.cell().service();
            rowsLeft.put(service, new ArrayList<>(LONG_ROWS.getOrDefault(service, List.of())));
        }
    }

    void begin() throws Exception {
        switch (scenario) {
            case BAD_RECORD -> sendGarbage();
            case STOP, SLOW_CLUSTER -> beginSlowCluster();
            case FORWARD, WAY_BACK, UNFINISHED_WRITE, NEVER -> {}
        }
    }

    void look(JsonNode steps) {
        if (scenario == Scenario.STOP) {
            askToEndAtLongRows(steps);
        }
        slowCluster.look();
    }

    void end() {
        slowCluster.end();
    }

    private void beginSlowCluster() {
        if (rowsLeft.containsKey(Service.DATABASE)) {
            slowCluster.begin();
        }
    }

    private void sendGarbage() throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", world.sandbox().kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Service service : rowsLeft.keySet()) {
                byte[] garbage = "nobody can read this".getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<byte[], byte[]>(topic(service), garbage))
                        .get();
            }
        }
    }

    private void askToEndAtLongRows(JsonNode steps) {
        rowsLeft.forEach((service, rows) -> {
            boolean due = !rows.isEmpty() && Steps.isRunning(steps, rows.getFirst());
            boolean atWork = service != Service.DATABASE || slowCluster.isMet();
            if (due
                    && atWork
                    && world.keeper().isUp(service)
                    && !world.control(service).hasHalted()) {
                rows.removeFirst();
                world.sandbox().services(service).forEach(Disturbance::askToEnd);
            }
        });
    }

    private static void askToEnd(ServiceProcess service) {
        service.process().askToEnd();
    }

    private static String topic(Service service) {
        return switch (service) {
            case ORCHESTRATOR -> "sandbox.replies";
            case STORAGE -> "hubferry.commands.storage";
            case K8S -> "hubferry.commands.k8s";
            case DATABASE -> "hubferry.commands.db";
            case DNS -> "hubferry.commands.dns";
        };
    }
}
