package dev.hubferry.dns.messaging;

import dev.hubferry.fakes.namecheap.FakeNamecheap;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A fake Namecheap with the zone {@code example.org}, as the zone connection {@code example} of the service. */
public final class NamecheapResource implements QuarkusTestResourceLifecycleManager {

    private final Path keyFile = keyFile();
    private final FakeNamecheap namecheap = FakeNamecheap.start(FakeNamecheapConfig.defaults()
            .withLimits(FakeNamecheapConfig.Limits.NONE)
            .withLag(Duration.ofMillis(300)));

    @Override
    public Map<String, String> start() {
        namecheap.seed(FakeZone.of("example", "org")
                .withEmailType("MX")
                .with(FakeRecord.a("forth", "192.0.2.1", 1799))
                .with(FakeRecord.a("back", "192.0.2.1", 1799))
                .with(FakeRecord.mx("@", "mail.example.net.", 5, 1799)));
        namecheap.seed(FakeZone.of("mailed", "org").withEmailType("OX"));
        Map<String, String> config = new HashMap<>();
        config.put("hubferry.dns.propagation-interval", "PT0.1S");
        // A pause of this machine is no reason to run a command again.
        config.put("hubferry.messaging.lease", "PT2M");
        config.putAll(connection("example"));
        config.putAll(connection("mailed"));
        return config;
    }

    @Override
    public void stop() {
        namecheap.close();
    }

    private Map<String, String> connection(String name) {
        String zone = "hubferry.dns.zones." + name + ".";
        return Map.of(
                zone + "domain",
                name + ".org",
                zone + "name-servers",
                nameServers(),
                zone + "namecheap.url",
                namecheap.apiUrl().toString(),
                zone + "namecheap.api-user",
                "ferry",
                zone + "namecheap.key-file",
                keyFile.toString(),
                zone + "namecheap.client-ip",
                "127.0.0.1",
                zone + "namecheap.calls-per-minute",
                "1000");
    }

    private String nameServers() {
        return namecheap.nameServers().stream()
                .map(server -> server.address().getAddress().getHostAddress() + ":"
                        + server.address().getPort())
                .collect(Collectors.joining(","));
    }

    private static Path keyFile() {
        try {
            Path file = Files.createTempFile("namecheap", ".key");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "not-a-real-key\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
