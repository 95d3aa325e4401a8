package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Topics;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics are those that services know, and users may do with them what services do. */
class KafkaTest {
    private static final Pattern CHANNEL = Pattern.compile("mp\\.messaging\\.incoming\\.(\\w+)\\.topic");
    private static final Pattern NAMED = Pattern.compile("Topics\\.([A-Z_]+|commandsFor)");
    private static final Pattern UUID = Pattern.compile("\\$\\{quarkus\\.uuid}$");

    /** What a user may do, such as {@code Read topic hubferry.replies}; prefixes end with a star. */
    private static Set<String> rights(JsonNode user) {
        Set<String> rights = new TreeSet<>();
        assertThat(user.at("/spec/authentication/type").asText()).isEqualTo("scram-sha-512");
        user.at("/spec/authorization/acls")
                .forEach(acl -> acl.path("operations").forEach(operation -> {
                    JsonNode resource = acl.path("resource");
                    String star = resource.path("patternType").asText().equals("prefix") ? "*" : "";
                    rights.add(operation.asText() + " " + resource.path("type").asText() + " "
                            + resource.path("name").asText() + star);
                }));
        return rights;
    }

    @Test
    void everyTopicIsMadeAndNoOther() {
        assertThat(everything()
                        .ofKind("KafkaTopic")
                        .map(topic -> topic.at("/spec/topicName").asText()))
                .containsExactlyInAnyOrderElementsOf(allTopics());
    }

    @ParameterizedTest
    @EnumSource
    void aUserMayDoWhatItsServiceDoesAndNothingElse(Services service) throws IOException {
        Set<String> needed = new HashSet<>();
        heard(service).forEach((topic, group) -> {
            needed.addAll(Set.of("Read topic " + topic, "Describe topic " + topic));
            needed.addAll(Set.of("Read group " + group, "Describe group " + group));
        });
        said(service).forEach(topic -> needed.addAll(Set.of("Write topic " + topic, "Describe topic " + topic)));

        assertThat(rights(everything().one("KafkaUser", service.object()))).containsExactlyInAnyOrderElementsOf(needed);
    }

    /** A test of the services on a real broker gives them what these files say and no more. */
    @ParameterizedTest
    @EnumSource
    void aUserMayDoWhatWasTried(Services service) {
        JsonNode tried = Rendered.parse(Chart.read(Path.of("../kafka/access.yaml")))
                .path("services")
                .path(service.service());
        Set<String> allowed = new TreeSet<>();
        for (String kind : List.of("topic", "group")) {
            for (JsonNode rule : tried.path(kind + "s")) {
                String name = rule.path("name").asText(rule.path("prefix").asText() + "*");
                for (JsonNode operation : rule.path("operations")) {
                    allowed.add(operation.asText() + " " + kind + " " + name);
                    // Comes with both, and Strimzi names it.
                    allowed.add("Describe " + kind + " " + name);
                }
            }
        }
        assertThat(rights(everything().one("KafkaUser", service.object()))).isEqualTo(allowed);
    }

    @Test
    void topicsAreThoseThatWereTried() {
        for (JsonNode tried :
                Rendered.parse(Chart.read(Path.of("../kafka/topics.yaml"))).path("topics")) {
            JsonNode made = topic(tried.path("name").asText()).path("spec");
            assertThat(made.path("partitions")).isEqualTo(tried.path("partitions"));
            tried.path("config")
                    .fields()
                    .forEachRemaining(setting -> assertThat(
                                    made.path("config").path(setting.getKey()).asText())
                            .as("%s of %s", setting.getKey(), tried.path("name"))
                            .isEqualTo(setting.getValue().asText()));
        }
    }

    @Test
    void kedaMayLookAndNothingElse() {
        assertThat(rights(everything().one("KafkaUser", "ferry-hubferry-keda")))
                .hasSize(8)
                .allMatch(right -> right.startsWith("Describe "));
        assertThat(everything().ofKind("ScaledObject")).hasSize(4).allSatisfy(scaled -> {
            JsonNode asked = scaled.at("/spec/triggers/0/metadata");
            assertThat(rights(everything().one("KafkaUser", "ferry-hubferry-keda")))
                    .contains(
                            "Describe topic " + asked.path("topic").asText(),
                            "Describe group " + asked.path("consumerGroup").asText());
            assertThat(asked.path("sasl").asText()).isEqualTo("scram_sha512");
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ORCHESTRATOR")
    void aParticipantIsScaledByItsOwnCommands(Services service) {
        JsonNode asked = everything().one("ScaledObject", service.object()).at("/spec/triggers/0/metadata");

        assertThat(heard(service))
                .containsExactly(Map.entry(
                        asked.path("topic").asText(),
                        asked.path("consumerGroup").asText()));
        assertThat(everything()
                        .one("ScaledObject", service.object())
                        .at("/spec/triggers/1/metadata/query")
                        .asText())
                .isEqualTo("max(hubferry_inbox_pending{job=\"%s\",namespace=\"moving\"})".formatted(service.service()));
    }

    @Test
    void noAcknowledgedRecordIsLostWithABroker() {
        assertThat(everything().ofKind("KafkaTopic")).allSatisfy(topic -> {
            assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(3);
            JsonNode config = topic.at("/spec/config");
            assertThat(config.path("min.insync.replicas").asInt()).isEqualTo(2);
            assertThat(config.path("unclean.leader.election.enable").asBoolean(true))
                    .isFalse();
            assertThat(config.path("cleanup.policy").asText()).isEqualTo("delete");
            assertThat(topic.at("/metadata/annotations")
                            .path("helm.sh/resource-policy")
                            .asText())
                    .isEqualTo("keep");
        });
        assertThat(topic(Topics.EVENTS).at("/spec/config").path("retention.ms").asText())
                .isEqualTo("-1");
        assertThat(topic(Topics.CONNECTIONS)
                        .at("/spec/config")
                        .path("retention.ms")
                        .asText())
                .isEqualTo("3600000");
    }

    @Test
    void repliesAreHeardByAsManyAsThereArePartitions() {
        assertThat(topic(Topics.REPLIES).at("/spec/partitions").asText())
                .isEqualTo(Services.ORCHESTRATOR.builtIn().getProperty("mp.messaging.incoming.replies.concurrency"));
    }

    private static Rendered everything() {
        return Chart.HUBFERRY.render(Options.EVERYTHING);
    }

    private static JsonNode topic(String name) {
        return everything()
                .ofKind("KafkaTopic")
                .filter(topic -> topic.at("/spec/topicName").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> allTopics() {
        return Stream.concat(
                        Arrays.stream(Topics.class.getDeclaredFields())
                                .filter(field -> Modifier.isPublic(field.getModifiers()))
                                .map(field -> named(field.getName()))
                                .flatMap(Set::stream),
                        named("commandsFor").stream())
                .collect(Collectors.toSet());
    }

    /** Topics that a service is configured with or subscribes to, with the consumer group. */
    private static Map<String, String> heard(Services service) {
        Properties builtIn = service.builtIn();
        Map<String, String> heard = builtIn.stringPropertyNames().stream()
                .map(CHANNEL::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        channel -> builtIn.getProperty(channel.group()),
                        channel -> UUID.matcher(
                                        builtIn.getProperty("mp.messaging.incoming." + channel.group(1) + ".group.id"))
                                .replaceAll("*")));
        if (service == Services.ORCHESTRATOR) {
            // With a consumer of its own.
            String group = "orchestrator-svc-requests";
            assertThat(Chart.read(service.folder()
                            .resolve("src/main/java/dev/hubferry/orchestrator/messaging/RequestsLoop.java")))
                    .contains("GROUP = \"" + group + "\"", "subscribe(List.of(Topics.REQUESTS))");
            heard.put(Topics.REQUESTS, group);
        }
        return heard;
    }

    /** Topics that are named where a service speaks: participants by the module messaging, the orchestrator itself. */
    private static Set<String> said(Services service) throws IOException {
        if (service != Services.ORCHESTRATOR) {
            assertThat(topicsIn(service.folder())).isEmpty();
            Set<String> said = topicsIn(Path.of("../../messaging"));
            // Is asked about for the orchestrator.
            assertThat(said.remove(Topics.EVENTS)).isTrue();
            return said;
        }
        Set<String> said = topicsIn(service.folder());
        assertThat(said.remove(Topics.REQUESTS)).isTrue();
        said.add(Topics.DEAD_LETTERS);
        return said;
    }

    private static Set<String> topicsIn(Path module) throws IOException {
        try (Stream<Path> sources = Files.walk(module.resolve("src/main/java"))) {
            return sources.filter(Files::isRegularFile)
                    .flatMap(source -> NAMED.matcher(Chart.read(source)).results())
                    .flatMap(found -> named(found.group(1)).stream())
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    private static Set<String> named(String member) {
        if (member.equals("commandsFor")) {
            return Arrays.stream(Participant.values()).map(Topics::commandsFor).collect(Collectors.toSet());
        }
        try {
            return Set.of((String) Topics.class.getField(member).get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
