package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values are refused, and in which words. */
class ValuesTest {
    /** Not only where something is rendered: what is thrown there is looked at. */
    @BeforeEach
    void needsHelm() {
        Chart.assumeHelm();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replica: 3                                          | replica
            k8s: {replcas: 3}                                   | replcas
            networkPolicy: {kafka: {port: [9093]}}              | port
            k8s: {replicas: 0}                                  | k8s.replicas
            k8s: {replicas: two}                                | k8s.replicas
            postgres: {sslMode: verify}                         | postgres.sslMode
            kafka: {bootstrapServers: kafka.example.org}        | kafka.bootstrapServers
            terminationGracePeriodSeconds: 5                    | terminationGracePeriodSeconds
            k8s: {settings: {a.list: [1, 2]}}                   | k8s.settings.a.list
            k8s: {files: {kafka-ca: {secret: x}}}               | kafka-ca
            k8s: {files: {clusters: {secret: x, configMap: y}}} | k8s.files.clusters
            ingress: {enabled: true}                            | ingress.trustedProxies
            """)
    void aMistakeIsNamed(String values, String place) {
        assertThatThrownBy(() -> Chart.HUBFERRY.render(Options.MINIMAL, values))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{quarkus.datasource.password: x}",
                "{kafka.sasl.jaas.config: x}",
                "{kafka.ssl.key.password: x}",
                "{kafka.ssl.keystore.key: x}",
                "{some.service.token: x}",
                "{some.service.api-key: x}",
                "{a: 'jdbc:postgresql://db/hubferry?user=u&password=x'}",
                "{a: 'https://user:x@example.org/'}",
                "{a: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'}",
                "{a: \"-----BEGIN OPENSSH PRIVATE KEY-----\\nx\"}",
            })
    void whatLooksLikeASecretIsNoSetting(String settings) {
        for (String where : List.of("settings: %s", "k8s: {settings: %s}")) {
            assertThatThrownBy(() -> Chart.HUBFERRY.render(Options.MINIMAL, where.formatted(settings)))
                    .hasMessageContaining("values don't meet the specifications of the schema")
                    .hasMessageContaining("settings");
        }
    }

    @Test
    void namesOfFilesWithSecretsAreSettings() {
        assertThat(Chart.HUBFERRY.render(Options.MINIMAL, """
                                settings:
                                  hubferry.webhooks.chat.secret-file: /etc/hubferry/files/webhooks/chat
                                  hubferry.dns.zones.example-org.namecheap.key-file: /etc/hubferry/files/namecheap/key
                                  hubferry.auth.token-file: /etc/hubferry/files/tokens/tokens
                                """).text())
                .contains("hubferry.webhooks.chat.secret-file=/etc/hubferry/files/webhooks/chat");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka: {bootstrapServers: ''}                                 | kafka.bootstrapServers is missing: say where Kafka is, as host:port, or set strimzi.enabled
            postgres: {host: ''}                                          | postgres.host is missing: say where Postgres is, or set cloudnativepg.enabled
            postgres: {caSecret: {name: ''}}                              | postgres.caSecret.name is missing: sslMode verify-full needs
            postgres: {passwordSecret: {name: ''}}                        | .postgres.passwordSecret.name: an existing Secret with the password
            storage: {kafkaSecret: ''}                                    | storage.kafkaSecret is missing: an existing Secret with a key sasl.jaas.config
            strimzi: {enabled: true}                                      | strimzi.cluster is missing
            {strimzi: {enabled: true, cluster: e, namespace: kafka}, kafka: {tls: {caSecret: {name: ''}}}} | copy Secret e-cluster-ca-cert, which holds nothing secret, to namespace moving
            ingress: {enabled: true, trustedProxies: [10.0.0.0/8]}        | ingress.host is missing
            ingress: {enabled: true, trustedProxies: [10.0.0.0/8], host: a.example.org} | ingress.tlsSecret is missing
            """)
    void whatIsMissingIsNamed(String values, String words) {
        assertThatThrownBy(() -> Chart.HUBFERRY.render(Options.MINIMAL, values)).hasMessageContaining(words);
    }

    @Test
    void accessTakesNamespacesOnly() {
        assertThatThrownBy(() -> Chart.ACCESS.render("hubs: {sources: [astro]}"))
                .hasMessageContaining("sources");
        assertThatThrownBy(() -> Chart.ACCESS.render("hubs: {source: ['*']}")).hasMessageContaining("hubs.source.0");
    }

    @Test
    void everyValueIsInTheSchemaAndTheOtherWayRound() throws IOException {
        for (Chart chart : List.of(Chart.HUBFERRY, Chart.ACCESS)) {
            JsonNode schema = new ObjectMapper()
                    .readTree(chart.folder().resolve("values.schema.json").toFile());
            JsonNode values = Rendered.parse(Chart.read(chart.folder().resolve("values.yaml")));
            List<String> differing = new ArrayList<>();
            compare("", values, schema, schema, differing);

            assertThat(differing).isEmpty();
        }
    }

    private static void compare(String path, JsonNode values, JsonNode schema, JsonNode root, List<String> differing) {
        JsonNode here =
                schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
        if (!here.has("properties") || !values.isObject()) {
            return;
        }
        // Limits are open: what can be limited is the cluster's.
        if (path.endsWith(".resources")) {
            return;
        }
        values.fieldNames().forEachRemaining(name -> {
            if (here.path("properties").has(name)) {
                compare(
                        path + "." + name,
                        values.get(name),
                        here.path("properties").get(name),
                        root,
                        differing);
            } else {
                differing.add(path + "." + name + " is not in the schema");
            }
        });
        here.path("properties").fieldNames().forEachRemaining(name -> {
            // Helm's own.
            if (!values.has(name) && !name.equals("global")) {
                differing.add(path + "." + name + " has no default");
            }
        });
    }
}
