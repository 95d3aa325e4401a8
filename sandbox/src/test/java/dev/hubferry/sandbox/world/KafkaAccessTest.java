package dev.hubferry.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.world.KafkaAccess.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaAccessTest {
    private static final Path ROOT = Path.of("..");

    private final KafkaAccess access = KafkaAccess.read(ROOT.resolve("deploy/kafka/access.yaml"));

    @Test
    void thePageShowsEveryRight() throws Exception {
        List<String> shown = Files.readString(ROOT.resolve("docs/operations/encryption.md"))
                .lines()
                .toList();
        access.users()
                .forEach((name, user) -> assertThat(shown)
                        .contains("| `%s` | %s | %s | %s |"
                                .formatted(
                                        name,
                                        names(user.topics(), "Read"),
                                        names(user.topics(), "Write"),
                                        names(user.groups(), "Read"))));
    }

    @Test
    void knowsAllServices() {
        assertThat(access.services().keySet())
                .isEqualTo(Arrays.stream(Service.values()).map(Service::module).collect(Collectors.toSet()));
    }

    @Test
    void everyRightIsOnTopicsThatAreMade() {
        List<String> made = KafkaAccess.topics(ROOT.resolve("deploy/kafka/topics.yaml")).stream()
                .map(NewTopic::name)
                .toList();
        assertThat(made).containsExactlyInAnyOrderElementsOf(SandboxWorld.TOPICS);
        access.users()
                .values()
                .forEach(user -> user.topics()
                        .forEach(rule -> assertThat(made).contains(rule.name().orElseThrow())));
    }

    private static String names(List<Rule> rules, String operation) {
        return rules.stream()
                .filter(rule -> rule.operations().contains(operation))
                .map(rule -> "`%s%s`"
                        .formatted(
                                rule.name().or(rule::prefix).orElseThrow(),
                                rule.prefix().isPresent() ? "*" : ""))
                .collect(Collectors.joining(", "));
    }
}
