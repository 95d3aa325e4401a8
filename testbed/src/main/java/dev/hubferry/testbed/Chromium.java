package dev.hubferry.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser without a window and the driver that leads it, each a process of its own on a free port. */
final class Chromium {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final String driver;
    private final String debugger;

    private Chromium(String driver, String debugger) {
        this.driver = driver;
        this.debugger = debugger;
    }

    /** What this machine lacks, with what to do about it; empty when it has everything. */
    static Optional<String> missing() {
        List<Path> missing = Stream.of(BROWSER, DRIVER)
                .filter(tool -> !Files.isExecutable(tool))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing + " missing: apt-get install chromium chromium-driver fonts-dejavu-core");
    }

    static Chromium start() {
        missing().ifPresent(what -> {
            throw new TestbedException(what);
        });
        Path home = Directories.temporary("hubferry-browser");
        Path profile = home.resolve("profile");
        ChildProcess browser = ChildProcess.start(new ChildProcess.Spec(
                "chromium",
                List.of(
                        BROWSER.toString(),
                        "--headless=new",
                        // Tests run as root, and /dev/shm may be small.
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--no-default-browser-check",
                        "--password-store=basic",
                        "--force-color-profile=srgb",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank"),
                Map.of("HOME", home.toString()),
                home,
                home.resolve("chromium.log")));
        Path port = profile.resolve("DevToolsActivePort");
        browser.awaitReady(START_LIMIT, () -> Files.isRegularFile(port) && Files.size(port) > 0);
        int driverPort = FreePorts.next();
        ChildProcess driver = ChildProcess.start(new ChildProcess.Spec(
                "chromedriver",
                List.of(DRIVER.toString(), "--port=" + driverPort),
                Map.of("HOME", home.toString()),
                home,
                home.resolve("chromedriver.log")));
        driver.awaitReady(START_LIMIT, () -> !FreePorts.isFree(driverPort, "127.0.0.1"));
        return new Chromium("http://127.0.0.1:" + driverPort, "127.0.0.1:" + first(port));
    }

    private static String first(Path file) {
        try {
            return Files.readAllLines(file).getFirst().strip();
        } catch (IOException e) {
            throw new TestbedException("chromium does not say where it listens", e);
        }
    }

    /** {@code <URL of the driver> <address of the browser's debugger>}. */
    String addresses() {
        return driver + " " + debugger;
    }
}
