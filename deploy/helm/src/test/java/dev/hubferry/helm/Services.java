package dev.hubferry.helm;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The services as they are, beside this module. */
enum Services {
    ORCHESTRATOR("orchestrator", "orchestrator-svc"),
    STORAGE("storage", "storage-svc"),
    K8S("k8s", "k8s-svc"),
    DB_TRANSFER("db-transfer", "db-transfer-svc"),
    DNS("dns", "dns-svc");

    /** Those that carry out commands. */
    static final List<Services> PARTICIPANTS = List.of(STORAGE, K8S, DB_TRANSFER, DNS);

    private final String word;
    private final String service;

    Services(String word, String service) {
        this.word = word;
        this.service = service;
    }

    /** Name of its objects in a release of the tests. */
    String object() {
        return Chart.RELEASE + "-hubferry-" + word;
    }

    /** Its own name. */
    String service() {
        return service;
    }

    /** Its folder. */
    Path folder() {
        return Path.of("../..").resolve(service);
    }

    /** What is built into it. */
    Properties builtIn() {
        return properties(folder().resolve("src/main/resources/application.properties"));
    }

    int port() {
        return Integer.parseInt(builtIn().getProperty("quarkus.http.port"));
    }

    static Properties properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
