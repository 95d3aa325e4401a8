package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.security.Tokens;
import dev.hubferry.orchestrator.script.Receiver;
import dev.hubferry.testbed.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A token file with a token per role, the names of connections, and a webhook whose receiver is there when a test starts it. */
public final class OrchestratorResource implements QuarkusTestResourceLifecycleManager {
    public static final String TOPICS =
            "hubferry.replies:3,hubferry.progress:3,hubferry.connections:1,hubferry.events:3,hubferry.requests:3,hubferry.answers:3,hubferry.dead-letters,hubferry.commands.storage:3,"
                    + "hubferry.commands.k8s:3,hubferry.commands.db:3,hubferry.commands.dns:3";

    public static final String VIEWER = "look-only";
    public static final String OPERATOR = "operate-it";
    public static final String APPROVER = "approve-it";
    public static final String BOSS = "do-it-all";

    /** An argument: anything, for no token file. */
    static final String NO_FILE = "no-file";

    /** Where {@link Signer} finds the keys of those who ask by event. */
    static final String KEYS = "test.request-keys";

    private Path file = Path.of("");
    private Path secret = Path.of("");
    private Path keys = Path.of("");
    private boolean withFile = true;

    @Override
    public void init(Map<String, String> arguments) {
        withFile = !arguments.containsKey(NO_FILE);
    }

    @Override
    public Map<String, String> start() {
        try {
            file = Files.createTempFile("tokens", ".txt");
            Files.write(
                    file,
                    List.of(
                            "# name role token",
                            "vera viewer " + Tokens.hashed(VIEWER),
                            "olga operator,viewer " + Tokens.hashed(OPERATOR),
                            "",
                            "anna approver " + Tokens.hashed(APPROVER),
                            "boss operator,approver,viewer " + Tokens.hashed(BOSS)));
            secret = Files.writeString(Files.createTempFile("secret", ".txt"), Receiver.SECRET);
            keys = Files.createTempDirectory("request-keys");
            Signer.make(keys, "ops", "lead", "look", "flood");
            Signer.makeP256(keys, "ci");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.ofEntries(
                Map.entry(KEYS, keys.toString()),
                Map.entry(
                        "hubferry.requests.requesters.ops.public-key-file",
                        keys.resolve("ops.pub").toString()),
                Map.entry("hubferry.requests.requesters.ops.roles", "operator"),
                Map.entry(
                        "hubferry.requests.requesters.lead.public-key-file",
                        keys.resolve("lead.pub").toString()),
                Map.entry("hubferry.requests.requesters.lead.roles", "approver"),
                Map.entry(
                        "hubferry.requests.requesters.look.public-key-file",
                        keys.resolve("look.pub").toString()),
                Map.entry("hubferry.requests.requesters.look.roles", "viewer"),
                Map.entry(
                        "hubferry.requests.requesters.flood.public-key-file",
                        keys.resolve("flood.pub").toString()),
                Map.entry("hubferry.requests.requesters.flood.roles", "operator"),
                Map.entry(
                        "hubferry.requests.requesters.ci.public-key-file",
                        keys.resolve("ci.pub").toString()),
                Map.entry("hubferry.requests.requesters.ci.roles", "operator,approver"),
                Map.entry("hubferry.auth.token-file", withFile ? file.toString() : ""),
                Map.entry("hubferry.connections.clusters", "old,new"),
                Map.entry("hubferry.connections.storages", "nfs-old,nfs-new,nfs-narrow"),
                Map.entry("hubferry.connections.zones", "example"),
                // A failure that a test takes away again may not end the step before.
                Map.entry("hubferry.saga.retries.attempts", "1000"),
                Map.entry("hubferry.saga.retries.first-delay", "20ms"),
                Map.entry("hubferry.saga.retries.cap", "100ms"),
                Map.entry("hubferry.saga.undo-retries.first-delay", "20ms"),
                Map.entry("hubferry.saga.undo-retries.cap", "100ms"),
                Map.entry("hubferry.saga.late-retries.first-delay", "20ms"),
                Map.entry("hubferry.saga.late-retries.cap", "100ms"),
                Map.entry("hubferry.messaging.metrics-interval", "PT1S"),
                Map.entry("quarkus.log.file.enabled", "true"),
                Map.entry("quarkus.log.file.path", "target/log/orchestrator.jsonl"),
                Map.entry("quarkus.log.file.json.enabled", "true"),
                // A pause of this machine is no reason to take a transaction back.
                Map.entry("hubferry.messaging.lease", "PT2M"),
                Map.entry(
                        "quarkus.datasource.jdbc.new-connection-sql",
                        "set idle_in_transaction_session_timeout = '60s'"),
                Map.entry("hubferry.limits.seeds-per-storage.usual", "100"),
                Map.entry("hubferry.limits.seeds-per-storage.of.nfs-narrow", "1"),
                Map.entry("hubferry.limits.cutovers-per-cluster.usual", "100"),
                Map.entry("hubferry.limits.cutovers-per-dns-account.usual", "100"),
                Map.entry("hubferry.webhooks.chat.url", "http://127.0.0.1:" + FreePorts.next() + "/hook"),
                Map.entry("hubferry.webhooks.chat.secret-file", secret.toString()),
                // Few, so that tests without a receiver leave little behind.
                Map.entry("hubferry.webhooks.chat.events", "hubferry.migration-*"),
                Map.entry("hubferry.webhooks.chat.allow-http", "true"),
                Map.entry("hubferry.webhooks.chat.allow-private", "127.0.0.0/8"),
                // Traces are on, and their collector is away.
                Map.entry("quarkus.otel.sdk.disabled", "false"),
                Map.entry("quarkus.otel.exporter.otlp.endpoint", "http://127.0.0.1:1"),
                Map.entry("quarkus.http.test-port", "0"));
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
