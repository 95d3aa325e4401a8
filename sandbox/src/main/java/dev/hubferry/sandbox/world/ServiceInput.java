package dev.hubferry.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a replica is given: what docker-compose.yml gives its container, and above that what differs in this world.
 *
 * @param environment of the process
 * @param javaOptions which say where settings and secrets are here, in the place of the image's folders
 * @param laidOver settings of this world that the compose file does not have, or has otherwise, by property
 */
record ServiceInput(Map<String, String> environment, List<String> javaOptions, Map<String, String> laidOver) {
    private static final String ABOVE_ALL = "500";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    ServiceInput {
        environment = Map.copyOf(environment);
        javaOptions = List.copyOf(javaOptions);
        laidOver = Map.copyOf(laidOver);
    }

    /**
     * Writes the files that the process reads.
     *
     * @param directory for the files, of this service alone
     */
    static ServiceInput write(ServiceProcess.Given told, Service service, Path directory) {
        ComposeFile compose = told.compose();
        Map<String, String> given = compose.settings(service);
        Map<String, String> laidOver = new TreeMap<>(told.world());
        laidOver.entrySet().removeIf(setting -> setting.getValue().equals(given.get(SettingName.of(setting.getKey()))));
        Path secrets = told.secrets().orElseGet(() -> directory.resolve("secrets"));
        Path file = directory.resolve("laid-over.properties");
        try {
            Files.createDirectories(directory);
            Files.createDirectories(secrets);
            for (String secret : told.secrets().isPresent() ? List.<String>of() : compose.secrets(service)) {
                String value = laidOver.remove(secret);
                if (value == null) {
                    throw new IllegalStateException("docker-compose.yml mounts the secret " + secret + " for "
                            + service.module() + ", and this world has none: add it to ServiceSettings");
                }
                writeForOwner(secrets.resolve(secret), value);
            }
            writeForOwner(file, text(service, laidOver));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the settings of " + service.module() + " to " + directory, e);
        }
        Map<String, String> environment = new HashMap<>(compose.environment(service));
        // A variable that differs is replaced, too: Quarkus gives Kafka's variables a rank above every file.
        laidOver.forEach((key, value) -> environment.replace(SettingName.of(key), value));
        return new ServiceInput(
                environment,
                // Secrets are a path, where settings are URIs: the sources differ in that.
                List.of(
                        "-Dsmallrye.config.locations="
                                + compose.settingsFile(service).toUri() + "," + file.toUri(),
                        "-Dsmallrye.config.source.file.locations=" + secrets),
                laidOver);
    }

    private static String text(Service service, Map<String, String> laidOver) {
        StringBuilder text = new StringBuilder("# What differs in this world from what docker-compose.yml gives "
                + service.module() + ".\nconfig_ordinal=" + ABOVE_ALL + "\n");
        laidOver.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        return text.toString();
    }

    private static void writeForOwner(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, OWNER_ONLY);
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
