package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What services are told, as they read it. */
class SettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                " ",
                "   three blanks before and two behind  ",
                "C:\\new\\table",
                "a\\",
                "two\nlines",
                "windows\r\nlines",
                "\ttab and \f form feed",
                "key: value = # ! \"quoted\" 'too' {{ .Values }}",
                "# no comment",
                "! none either",
                "Grüße, 日本語, 🚢, \u2028, \u2029, \u0085, \u00a0",
                "true",
                "007",
                "~",
                "<&>",
                "${HOSTNAME}",
            })
    void aValueArrivesAsItWasGiven(String value) throws IOException {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        values.putObject("dns").putObject("settings").put("some.key", value).put("after.it", "whole");

        Properties arrived = arrived(yaml(values), Services.DNS);

        assertThat(arrived).containsEntry("some.key", value).containsEntry("after.it", "whole");
    }

    /** Without a rank they would stand below the service's own, and nobody would notice. */
    @ParameterizedTest
    @EnumSource
    void settingsStandAboveTheServicesOwnAndTheImages(Services service) throws IOException {
        assertThat(arrived("{}", service)).containsEntry("config_ordinal", "310");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a:b", "a=b", "#a", "!a", "a\\b", "quarkus.log.category.\"a.b\".level", "%prod.a", "ä"})
    void aKeyArrivesAsItWasGiven(String key) throws IOException {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        values.putObject("dns").putObject("settings").put(key, "value");

        assertThat(arrived(yaml(values), Services.DNS)).containsEntry(key, "value");
    }

    @Test
    void numbersAndSwitchesAreWrittenAsPeopleDo() throws IOException {
        assertThat(arrived(
                        "dns: {settings: {whole: 10485760, half: 0.5, large: 9007199254740991, yes.it: true, no.it: false}}",
                        Services.DNS))
                .containsAllEntriesOf(Map.of(
                        "whole",
                        "10485760",
                        "half",
                        "0.5",
                        "large",
                        "9007199254740991",
                        "yes.it",
                        "true",
                        "no.it",
                        "false"));
    }

    @Test
    void aServicesOwnSettingCountsMoreThanThatOfAllAndThatMoreThanTheCharts() throws IOException {
        String values = """
                settings: {a: all, b: all, kafka.security.protocol: PLAINTEXT}
                dns: {settings: {b: own, quarkus.log.console.json.enabled: false}}
                """;

        assertThat(arrived(values, Services.DNS))
                .containsAllEntriesOf(Map.of(
                        "a",
                        "all",
                        "b",
                        "own",
                        "kafka.security.protocol",
                        "PLAINTEXT",
                        "quarkus.log.console.json.enabled",
                        "false"));
        assertThat(arrived(values, Services.K8S))
                .containsAllEntriesOf(Map.of("b", "all", "quarkus.log.console.json.enabled", "true"));
    }

    @ParameterizedTest
    @EnumSource
    void settingsAreReadByTheServiceItself(Services service) throws IOException {
        Properties arrived = arrived(Chart.HUBFERRY.render(Options.EVERYTHING), service);

        assertThat(arrived.stringPropertyNames()).anyMatch(name -> name.startsWith("hubferry."));
        OwnConfig.read(service, arrived);
    }

    @Test
    void aSettingThatNoServiceKnowsIsFound() throws IOException {
        Properties arrived = arrived(
                Chart.HUBFERRY.render(Options.EVERYTHING, "dns: {settings: {hubferry.dns.name-server-timout: 3s}}"),
                Services.DNS);

        assertThatThrownBy(() -> OwnConfig.read(Services.DNS, arrived))
                .hasMessageContaining("hubferry.dns.name-server-timout");
    }

    @Test
    void servicesAreToldWhereKafkaAndPostgresAre() throws IOException {
        assertThat(arrived("", Services.DNS))
                .containsAllEntriesOf(
                        Map.of(
                                "kafka.bootstrap.servers", "kafka.example.org:9093",
                                "kafka.security.protocol", "SASL_SSL",
                                "kafka.sasl.mechanism", "SCRAM-SHA-512",
                                "kafka.ssl.truststore.type", "PEM",
                                "kafka.ssl.truststore.location", "/etc/hubferry/files/kafka-ca/ca.crt",
                                "quarkus.datasource.username", "hubferry",
                                "quarkus.datasource.jdbc.url",
                                        "jdbc:postgresql://postgres.example.org:5432/hubferry?sslmode=verify-full&sslrootcert=/etc/hubferry/files/postgres-ca/ca.crt"));
        assertThat(arrived(Chart.HUBFERRY.render(Options.EVERYTHING), Services.DNS))
                .containsAllEntriesOf(
                        Map.of(
                                "kafka.bootstrap.servers", "events-kafka-bootstrap.moving.svc:9093",
                                "kafka.security.protocol", "SASL_SSL",
                                "quarkus.datasource.jdbc.url",
                                        "jdbc:postgresql://ferry-hubferry-db-rw.moving.svc:5432/hubferry?sslmode=verify-full&sslrootcert=/etc/hubferry/files/postgres-ca/ca.crt"));
        assertThat(arrived(
                        "{kafka: {tls: {enabled: false}, sasl: {enabled: false}}, postgres: {sslMode: require}}",
                        Services.DNS))
                .containsEntry("kafka.security.protocol", "PLAINTEXT")
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://postgres.example.org:5432/hubferry?sslmode=require")
                .doesNotContainKeys("kafka.sasl.mechanism", "kafka.ssl.truststore.location");
    }

    @Test
    void behindAnIngressCallersAreKnownByTheirOwnAddresses() throws IOException {
        assertThat(arrived(Chart.HUBFERRY.render(Options.EVERYTHING), Services.ORCHESTRATOR))
                .containsEntry("quarkus.http.proxy.proxy-address-forwarding", "true")
                .containsEntry("quarkus.http.proxy.trusted-proxies", "10.42.0.0/16");
    }

    /** JSON, which is YAML, too, but for characters that end a line there. */
    private static String yaml(ObjectNode values) {
        return values.toString()
                .replace("\u0085", "\\u0085")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static Properties arrived(String values, Services service) throws IOException {
        return arrived(Chart.HUBFERRY.render(Options.MINIMAL, values), service);
    }

    private static Properties arrived(Rendered rendered, Services service) throws IOException {
        return arrived(rendered, service.object());
    }

    /** @param map name of the ConfigMap */
    static Properties arrived(Rendered rendered, String map) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(rendered.one("ConfigMap", map)
                .path("data")
                .path("application.properties")
                .asText()));
        return properties;
    }
}
