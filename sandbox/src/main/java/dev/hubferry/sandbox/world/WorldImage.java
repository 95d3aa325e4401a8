package dev.hubferry.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.hubferry.fakes.kubernetes.World;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything of a world that the way back has to restore, as text by name, so that a difference can be read. */
public final class WorldImage {
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private WorldImage() {}

    /** The world as it stands now. */
    public static Map<String, String> of(SandboxWorld world) throws Exception {
        Map<String, String> image = new TreeMap<>();
        for (String cluster : List.of(SandboxWorld.OLD, SandboxWorld.NEW)) {
            World objects = world.cluster(cluster).world();
            for (JsonNode service : objects.list(ResourceTypes.SERVICES, SandboxWorld.HUB, "")) {
                image.put(cluster + " service " + name(service), sorted(service.path("spec")));
            }
            for (JsonNode deployment : objects.list(ResourceTypes.DEPLOYMENTS, SandboxWorld.HUB, "")) {
                image.put(cluster + " deployment " + name(deployment), sorted(deployment.path("spec")));
            }
        }
        image.put("old database", sha256(world.hubs().oldDatabase()));
        image.put("new database", sha256(world.hubs().newDatabase()));
        image.put(
                "zone",
                world.zone().zone().records().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList()
                        .toString());
        image.put("email type", world.zone().zone().emailType());
        image.put("old authorized_keys", bytes(world.hosts().oldHost().authorizedKeys()));
        image.put("new authorized_keys", bytes(world.hosts().newHost().authorizedKeys()));
        return image;
    }

    /** What differs, before and after, by name; empty when nothing does. */
    public static Map<String, String> differences(Map<String, String> before, Map<String, String> after) {
        Map<String, String> differences = new TreeMap<>();
        Stream.of(before, after).flatMap(image -> image.keySet().stream()).forEach(key -> {
            String was = before.getOrDefault(key, "none");
            String is = after.getOrDefault(key, "none");
            if (!was.equals(is)) {
                differences.put(key, "was " + was + "\n but is " + is);
            }
        });
        return differences;
    }

    private static String sorted(JsonNode object) throws IOException {
        return SORTED.writeValueAsString(SORTED.treeToValue(object, Object.class));
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String sha256(Path file) throws Exception {
        if (!Files.exists(file)) {
            return "none";
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static String bytes(Path file) throws IOException {
        return Files.exists(file) ? HexFormat.of().formatHex(Files.readAllBytes(file)) : "none";
    }
}
