package dev.hubferry.sandbox.world;

import dev.hubferry.fakes.namecheap.FakeNamecheap;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig.Account;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The DNS provider, with a zone in which the hub's name is one record among others that must survive. */
public final class WorldZone implements AutoCloseable {
    /** The zone connection. */
    public static final String CONNECTION = "example-org";

    /** The zone. */
    public static final String DOMAIN = "example.org";

    /** The hub's host in the zone. */
    public static final String HOST = "astro";

    /** The hub's DNS name. */
    public static final String HUB = HOST + "." + DOMAIN;

    static final String API_USER = "ferry";

    private final FakeNamecheap namecheap;
    private final Path keyFile;

    private WorldZone(FakeNamecheap namecheap, Path keyFile) {
        this.namecheap = namecheap;
        this.keyFile = keyFile;
    }

    /**
     * Starts the provider.
     *
     * @param address where the hub's name points
     * @param ttl of the hub's record; the provider's floor is lowered to a second for it
     */
    static WorldZone start(WorldLayout layout, String address, Duration ttl) {
        String key = Long.toHexString(new java.security.SecureRandom().nextLong());
        FakeNamecheap namecheap = FakeNamecheap.start(FakeNamecheapConfig.defaults()
                .withAccount(new Account(API_USER, key, API_USER, Set.of("127.0.0.1")))
                .withMinimumTtl(1)
                .withLimits(FakeNamecheapConfig.Limits.NONE));
        namecheap.seed(FakeZone.of("example", "org")
                .withEmailType("MX")
                .with(FakeRecord.a("@", "192.0.2.80", 1800))
                .with(FakeRecord.a(HOST, address, Math.toIntExact(ttl.toSeconds())))
                .with(FakeRecord.cname("www", "example.org.", 1800))
                .with(FakeRecord.txt("@", "v=spf1 include:_spf.example.net -all", 1800))
                .with(FakeRecord.mx("@", "mail.example.net.", 10, 1800)));
        return new WorldZone(namecheap, writeKey(layout.secrets().resolve("namecheap-key"), key));
    }

    private static Path writeKey(Path file, String key) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, key, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The provider itself, to look at the zone or to inject faults. */
    public FakeNamecheap namecheap() {
        return namecheap;
    }

    /** The zone as the provider's API shows it now. */
    public FakeZone zone() {
        return namecheap.zone(DOMAIN);
    }

    /** Where the authoritative servers listen. */
    public List<InetSocketAddress> nameServers() {
        return namecheap.nameServers().stream().map(server -> server.address()).toList();
    }

    Path keyFile() {
        return keyFile;
    }

    @Override
    public void close() {
        namecheap.close();
    }
}
