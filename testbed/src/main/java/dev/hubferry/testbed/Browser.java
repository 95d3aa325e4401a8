package dev.hubferry.testbed;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.HttpMethod;

/** A real browser for tests of pages: all tests of a JVM share one, and each begins with {@link #fresh}. */
public final class Browser {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String DEVTOOLS = "devtools";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int WIDE = 1280;
    private static final int NARROW = 400;
    private static final int HEIGHT = 900;

    private static @Nullable Browser shared;

    private final Driver driver;

    private Browser(Driver driver) {
        this.driver = driver;
    }

    /** Speaks the browser's own protocol, too. */
    private static final class Driver extends RemoteWebDriver {
        Driver(URL url, ChromeOptions options) {
            super(
                    new HttpCommandExecutor(
                            Map.of(DEVTOOLS, new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST)),
                            url),
                    options);
        }

        void devTools(String command, Map<String, ?> parameters) {
            var unused = execute(DEVTOOLS, Map.of("cmd", command, "params", parameters));
        }
    }

    /** Why there is no browser on this machine: tests skip themselves then, unless all are wanted, as in CI. */
    public static Optional<String> missing() {
        return System.getenv("HUBFERRY_ALL_TESTS") == null && System.getenv("CI") == null
                ? Chromium.missing()
                : Optional.empty();
    }

    /** The JVM's browser, with nothing of former tests in it: no cookies, no page, a wide light window. */
    public static synchronized Browser fresh() {
        if (shared == null) {
            shared = new Browser(connect());
        }
        shared.driver.get("about:blank");
        shared.driver.devTools("Network.clearBrowserCookies", Map.of());
        shared.driver.devTools("Storage.clearDataForOrigin", Map.of("origin", "*", "storageTypes", "all"));
        shared.resize(WIDE);
        shared.scheme(false);
        var unused = shared.complaints();
        return shared;
    }

    private static Driver connect() {
        String[] addresses = JvmWide.call("browser", "").split(" ", 2);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setExperimentalOption("debuggerAddress", addresses[1]);
        options.setCapability("goog:loggingPrefs", logs);
        try {
            return new Driver(URI.create(addresses[0]).toURL(), options);
        } catch (MalformedURLException e) {
            throw new TestbedException("the driver's address is none: " + addresses[0], e);
        }
    }

    /** For what has no word here. */
    public RemoteWebDriver driver() {
        return driver;
    }

    public void open(String url) {
        driver.get(url);
    }

    public String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** The path of the page, with its query. */
    public String path() {
        URI uri = URI.create(url());
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** The first element that a CSS selector finds, waited for. */
    public WebElement find(String selector) {
        return Await.value(
                "'" + selector + "' on " + url() + "\n" + text(),
                DEADLINE,
                () -> driver.findElements(By.cssSelector(selector)).stream().findFirst());
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    public boolean has(String selector) {
        return !all(selector).isEmpty();
    }

    /** Clicks the link or button with this text. */
    public void click(String text) {
        Await.value(
                        "a link or button '" + text + "' on " + url(),
                        DEADLINE,
                        () -> driver.findElements(By.cssSelector("a, button, summary")).stream()
                                .filter(each -> each.isDisplayed()
                                        && each.getText()
                                                .strip()
                                                .replaceAll("\\s+", " ")
                                                .equals(text))
                                .findFirst())
                .click();
    }

    /** Writes into a field, in the place of what it has. */
    public void fill(String selector, String text) {
        WebElement field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** What can be read on the page. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    public void awaitText(String text) {
        Await.until("'" + text + "' on the page", DEADLINE, () -> text().contains(text));
    }

    public void awaitPath(String start) {
        Await.until("the page " + start, DEADLINE, () -> path().startsWith(start));
    }

    /** Runs a script in the page; returns what it returns. */
    public @Nullable Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Errors of scripts, refused contents, and whatever else the browser's console has since it was asked last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** As wide as this, in CSS pixels. */
    public void resize(int width) {
        driver.devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    /** As a person's system wants it. */
    public void scheme(boolean dark) {
        driver.devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** How much of the page is right of the window. */
    public long overflow() {
        Object over = script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return over instanceof Number number ? number.longValue() : 0;
    }

    /** What axe finds that keeps people out, each with where. */
    public List<String> barriers() {
        return new AxeBuilder()
                        // The other way opens a window, which a browser that is only visited does not let it lead.
                        .setLegacyMode(true)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze(driver)
                        .getViolations()
                        .stream()
                        .map(Browser::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }

    /** Pictures of the page in {@code target/screenshots}: wide and narrow, light and dark. */
    public void screenshots(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            for (int width : List.of(WIDE, NARROW)) {
                for (boolean dark : List.of(false, true)) {
                    resize(width);
                    scheme(dark);
                    picture(SCREENSHOTS.resolve("%s-%d-%s.png".formatted(name, width, dark ? "dark" : "light")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be kept", e);
        } finally {
            resize(WIDE);
            scheme(false);
        }
    }

    /** All of the page, not just what the window shows. */
    private void picture(Path file) throws IOException {
        Object height = script("return document.documentElement.scrollHeight");
        Object width = script("return window.innerWidth");
        driver.devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Everything that holds for every page: no complaint of the browser, no barrier by light or dark, nothing cut off at 400 pixels. */
    public List<String> faults() {
        List<String> faults = new java.util.ArrayList<>(complaints());
        try {
            for (boolean dark : List.of(false, true)) {
                scheme(dark);
                barriers().forEach(barrier -> faults.add((dark ? "dark: " : "light: ") + barrier));
            }
            resize(NARROW);
            if (overflow() > 0) {
                faults.add("at %d pixels %d are cut off".formatted(NARROW, overflow()));
            }
        } finally {
            resize(WIDE);
            scheme(false);
        }
        return faults;
    }
}
