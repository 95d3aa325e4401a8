package dev.hubferry.dns.adapter.namecheap;

import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.fakes.namecheap.FakeNamecheap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The adapter as it is wired up for one account of a fake Namecheap. */
public final class NamecheapFixture {

    static final String KEY = "not-a-real-key";

    private NamecheapFixture() {}

    /** An API client with the account's right key, kept in {@code directory}. */
    public static NamecheapApi api(FakeNamecheap namecheap, Path directory, Duration timeout) {
        return api(namecheap, directory, timeout, () -> {});
    }

    static NamecheapApi api(FakeNamecheap namecheap, Path directory, Duration timeout, CallBudget budget) {
        return new NamecheapApi(account(namecheap.apiUrl(), keyFile(directory, KEY), "127.0.0.1"), budget, timeout);
    }

    static NamecheapApi api(NamecheapAccount account, Duration timeout) {
        return new NamecheapApi(account, () -> {}, timeout);
    }

    static NamecheapAccount account(URI url, Path keyFile, String clientIp) {
        return new NamecheapAccount(url, "ferry", "ferry", keyFile, clientIp);
    }

    static Path keyFile(Path directory, String key) {
        try {
            return Files.writeString(directory.resolve("namecheap.key"), key + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
