package dev.hubferry.testbed;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings of a service that docker-compose.yml mounts unless told otherwise, and that people copy. */
public final class ExampleSettings {
    private static final Path FOLDER = Path.of("../deploy/compose/config");
    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^#(?=hubferry\\.)");

    private ExampleSettings() {}

    /** All of {@code hubferry.*} by property, also what is commented out; for tests that run in a module's folder. */
    public static Map<String, String> of(String service) {
        Path file = FOLDER.resolve(service + ".properties");
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(
                    COMMENTED_OUT.matcher(Files.readString(file)).replaceAll("")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        properties.remove("config_ordinal");
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }
}
