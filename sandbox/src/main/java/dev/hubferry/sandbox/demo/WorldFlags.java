package dev.hubferry.sandbox.demo;

import dev.hubferry.sandbox.world.WorldOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what the world is to be like. */
final class WorldFlags {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "an empty or new folder for everything; default: a new one in the temporary folder")
    private @Nullable Path directory;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "60",
            description = "users with a home; default: ${DEFAULT-VALUE}")
    private int users;

    @Option(
            names = "--files",
            paramLabel = "N",
            defaultValue = "7000",
            description = "entries of all homes, at least; default: ${DEFAULT-VALUE}")
    private int files;

    @Option(
            names = "--size-mb",
            paramLabel = "N",
            defaultValue = "120",
            description = "size of all homes in MB; default: ${DEFAULT-VALUE}")
    private int megabytes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of the homes and of what users do; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "of each service; default: ${DEFAULT-VALUE}")
    private int replicas;

    @Option(
            names = "--homes",
            paramLabel = "TREE",
            description = "move this tree of homes, in place, instead of a generated one")
    private @Nullable Path homes;

    @Option(
            names = "--database",
            paramLabel = "FILE",
            description = "move this hub database, in place, instead of the sandbox's own")
    private @Nullable Path database;

    @Option(names = "--quiet-users", description = "users keep their servers but change nothing")
    private boolean quietUsers;

    /** The options of the world; throws a usage error that names the flag and what is wrong with it. */
    WorldOptions options() throws IOException {
        require(users >= 1, "--users must be at least 1, but was " + users);
        require(files >= users, "--files must be at least as many as --users (" + users + "), but was " + files);
        require(megabytes >= 1, "--size-mb must be at least 1, but was " + megabytes);
        require(replicas >= 1, "--replicas must be at least 1, but was " + replicas);
        Optional<Path> tree = Optional.ofNullable(homes);
        Optional<Path> file = Optional.ofNullable(database);
        tree.ifPresent(path -> require(Files.isDirectory(path), "--homes " + path + " is no folder"));
        file.ifPresent(path -> require(Files.isRegularFile(path), "--database " + path + " is no file"));
        WorldOptions options = WorldOptions.in(emptyDirectory())
                .withHomesOf(users, files, megabytes)
                .withSeed(seed)
                .withReplicas(replicas)
                .withExisting(tree, file);
        return quietUsers ? options.withQuietUsers() : options;
    }

    private Path emptyDirectory() throws IOException {
        Path chosen = directory;
        if (chosen == null) {
            return Files.createTempDirectory("hubferry-");
        }
        if (Files.exists(chosen)) {
            require(Files.isDirectory(chosen), "--dir " + chosen + " is no folder");
            try (Stream<Path> content = Files.list(chosen)) {
                require(
                        content.findAny().isEmpty(),
                        "--dir " + chosen + " is not empty; choose a new folder or empty it");
            }
        }
        return Files.createDirectories(chosen);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
