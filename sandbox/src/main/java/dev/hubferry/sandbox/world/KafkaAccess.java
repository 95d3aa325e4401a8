package dev.hubferry.sandbox.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * What deploy/kafka says of the users of a broker and of its topics.
 *
 * @param services by name
 * @param others that are not Hubferry's, by name
 */
public record KafkaAccess(Map<String, User> services, Map<String, User> others) {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final short ONE_REPLICA = 1;

    /** What one user may do. */
    public record User(List<Rule> topics, List<Rule> groups) {}

    /** Either a name or a prefix, and Kafka's operations. */
    public record Rule(Optional<String> name, Optional<String> prefix, List<String> operations) {
        @JsonCreator
        public Rule(
                @JsonProperty("name") @Nullable String name,
                @JsonProperty("prefix") @Nullable String prefix,
                @JsonProperty("operations") List<String> operations) {
            this(Optional.ofNullable(name), Optional.ofNullable(prefix), operations);
        }
    }

    private record Topics(List<Topic> topics) {}

    private record Topic(String name, int partitions, Map<String, String> config) {}

    /** Reads deploy/kafka/access.yaml. */
    public static KafkaAccess read(Path file) {
        return read(file, KafkaAccess.class);
    }

    /** What deploy/kafka/topics.yaml wants, with a replica each. */
    public static List<NewTopic> topics(Path file) {
        return read(file, Topics.class).topics().stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), ONE_REPLICA).configs(topic.config()))
                .toList();
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return YAML.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Services and others. */
    public Map<String, User> users() {
        Map<String, User> users = new TreeMap<>(services);
        users.putAll(others);
        return users;
    }

    /** As a broker takes it, of all users. */
    public List<AclBinding> bindings() {
        List<AclBinding> bindings = new ArrayList<>();
        users().forEach((name, user) -> {
            user.topics().forEach(rule -> add(bindings, name, ResourceType.TOPIC, rule));
            user.groups().forEach(rule -> add(bindings, name, ResourceType.GROUP, rule));
        });
        return bindings;
    }

    private static void add(List<AclBinding> bindings, String user, ResourceType type, Rule rule) {
        var pattern = rule.prefix()
                .map(prefix -> new ResourcePattern(type, prefix, PatternType.PREFIXED))
                .orElseGet(() -> new ResourcePattern(type, rule.name().orElseThrow(), PatternType.LITERAL));
        for (String operation : rule.operations()) {
            bindings.add(new AclBinding(
                    pattern,
                    new AccessControlEntry(
                            "User:" + user, "*", AclOperation.fromString(operation), AclPermissionType.ALLOW)));
        }
    }
}
