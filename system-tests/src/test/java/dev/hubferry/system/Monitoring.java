package dev.hubferry.system;

import static io.restassured.RestAssured.given;

import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Prometheus that asks the services of a world every second, with Hubferry's alerts. */
final class Monitoring implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final String url;
    private final ChildProcess process;

    private Monitoring(String url, ChildProcess process) {
        this.url = url;
        this.process = process;
    }

    static Monitoring of(SandboxWorld world, Path directory) throws IOException {
        int port = FreePorts.next();
        Path config = Files.writeString(directory.resolve("prometheus.yml"), config(world));
        String url = "http://127.0.0.1:" + port;
        ChildProcess process = ChildProcess.start(new ChildProcess.Spec(
                "prometheus",
                List.of(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port),
                Map.of(),
                directory,
                directory.resolve("prometheus.log")));
        process.awaitReady(LIMIT, () -> given().get(url + "/-/ready").statusCode() == 200);
        return new Monitoring(url, process);
    }

    private static String config(SandboxWorld world) {
        StringBuilder config = new StringBuilder("""
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                """.formatted(
                Dashboard.FOLDER.resolve("hubferry.rules.yml").toAbsolutePath().normalize()));
        for (ServiceProcess service : world.services()) {
            config.append("- {job_name: %s, metrics_path: /q/metrics, static_configs: [{targets: ['%s']}]}\n"
                    .formatted(service.service().module(), service.url().getAuthority()));
        }
        return config.toString();
    }

    /** The labels and values of what a query finds now. */
    List<Map<String, Object>> ask(String query) {
        return given().queryParam("query", query)
                .get(url + "/api/v1/query")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.result");
    }

    @Override
    public void close() {
        process.terminate(Duration.ofSeconds(10));
    }
}
