package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.sandbox.world.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What images are said to hold, beside what they hold. */
class SbomTest {
    @Test
    void listsEachJarOfEachServiceWithItsHashAndNoOther() throws Exception {
        for (Service service : Service.values()) {
            Path target = Project.root().resolve(service.module()).resolve("target");
            assertThat(listed(target.resolve("quarkus-run-cyclonedx.json")))
                    .as(service.module())
                    .hasSizeGreaterThan(100)
                    .isEqualTo(jars(target.resolve("quarkus-app")));
        }
    }

    @Test
    void namesTheVersionAndTheLicenceOfWhatComesFromOthers() throws Exception {
        JsonNode sbom = read(Project.root().resolve("dns-svc/target/quarkus-run-cyclonedx.json"));
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(sbom.path("components")).anySatisfy(component -> {
            assertThat(component.path("purl").asText()).startsWith("pkg:maven/org.apache.kafka/kafka-clients@");
            assertThat(component.at("/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
        });
    }

    /** SHA-256 by path below quarkus-app, of what the SBOM says is there at run time. */
    private static Map<String, String> listed(Path sbom) throws IOException {
        Map<String, String> listed = new HashMap<>();
        for (JsonNode component : read(sbom).path("components")) {
            for (JsonNode occurrence : component.at("/evidence/occurrences")) {
                String path = occurrence.path("location").asText();
                if (path.endsWith(".jar")) {
                    listed.put(path, sha256(component));
                }
            }
        }
        return listed;
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        throw new AssertionError("no SHA-256 of " + component.path("name"));
    }

    private static Map<String, String> jars(Path application) throws Exception {
        Map<String, String> jars = new HashMap<>();
        try (Stream<Path> files = Files.walk(application)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
                jars.put(application.relativize(jar).toString(), HexFormat.of().formatHex(digest));
            }
        }
        return jars;
    }

    private static JsonNode read(Path sbom) throws IOException {
        return new ObjectMapper().readTree(sbom.toFile());
    }
}
