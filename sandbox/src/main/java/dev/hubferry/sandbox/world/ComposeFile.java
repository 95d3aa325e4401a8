package dev.hubferry.sandbox.world;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docker-compose.yml, with the image that it builds, gives the container of each service. */
public final class ComposeFile {
    private static final String FILE = "docker-compose.yml";
    private static final Path IMAGE = Path.of("deploy/images/Dockerfile");
    private static final String SETTINGS = "/etc/hubferry/application.properties";
    private static final String SECRETS = "/run/secrets/hubferry/";
    private static final Pattern OF_IMAGE = Pattern.compile("(?m)^(?:ENV)? +([A-Z_]+)=(\\S+)(?: \\\\)?$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

    private final Path root;
    private final Map<String, Object> file;
    private final Map<String, String> ofImage;

    private ComposeFile(Path root, Map<String, Object> file, Map<String, String> ofImage) {
        this.root = root;
        this.file = file;
        this.ofImage = ofImage;
    }

    /** Reads the file of a checkout; variables have their defaults. */
    public static ComposeFile of(Path projectRoot) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (Reader text = Files.newBufferedReader(projectRoot.resolve(FILE))) {
            Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(text);
            return new ComposeFile(projectRoot, file, ofImage(Files.readString(projectRoot.resolve(IMAGE))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE + " or " + IMAGE + " of " + projectRoot, e);
        }
    }

    private static Map<String, String> ofImage(String dockerfile) {
        Map<String, String> variables = new HashMap<>();
        int begin = dockerfile.indexOf("\nENV ") + 1;
        Matcher variable = OF_IMAGE.matcher(dockerfile.substring(begin, dockerfile.indexOf("\n\n", begin)));
        while (variable.find()) {
            variables.put(variable.group(1), variable.group(2));
        }
        return variables;
    }

    /** Names of all its services, Hubferry's and others. */
    public List<String> services() {
        return List.copyOf(map(file, "services").keySet());
    }

    /** What the file says of one service, merged, as YAML has it. */
    public Map<String, Object> service(String name) {
        return map(map(file, "services"), name);
    }

    /** The environment of a service's process: the image's, and above it the file's. */
    public Map<String, String> environment(Service service) {
        Map<String, String> environment = new HashMap<>(ofImage);
        map(service(service.module()), "environment").forEach((name, value) -> environment.put(name, text(value)));
        return environment;
    }

    /** What is mounted as the settings of a service. */
    public Path settingsFile(Service service) {
        for (Map<String, Object> volume : maps(service(service.module()), "volumes")) {
            if (SETTINGS.equals(volume.get("target"))) {
                return root.resolve(text(volume.get("source"))).normalize();
            }
        }
        throw new IllegalStateException(FILE + " mounts no " + SETTINGS + " for " + service.module());
    }

    /** Properties of a service that are secrets: each is a file of its name. */
    public List<String> secrets(Service service) {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> secret : maps(service(service.module()), "secrets")) {
            String target = text(secret.get("target"));
            if (target.startsWith(SECRETS)) {
                names.add(target.substring(SECRETS.length()));
            }
        }
        return names;
    }

    /** All that the file gives a service but secrets, by {@link SettingName}: of the settings file, and above it of the environment. */
    public Map<String, String> settings(Service service) {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(settingsFile(service))) {
            properties.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what " + FILE + " mounts for " + service.module(), e);
        }
        Map<String, String> settings = new HashMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> settings.put(SettingName.of(name), properties.getProperty(name)));
        environment(service).forEach((name, value) -> settings.put(SettingName.of(name), value));
        return settings;
    }

    private static String text(@Nullable Object value) {
        return VARIABLE.matcher(String.valueOf(value)).replaceAll("$2");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        if (parent.get(key) instanceof Map<?, ?> child) {
            return (Map<String, Object>) child;
        }
        throw new IllegalStateException(FILE + " has no mapping '" + key + "' where one is looked for");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> parent, String key) {
        if (parent.get(key) instanceof List<?> children && children.stream().allMatch(Map.class::isInstance)) {
            return (List<Map<String, Object>>) children;
        }
        throw new IllegalStateException(FILE + " has no list '" + key + "' of mappings where one is looked for");
    }
}
