package dev.hubferry.sandbox.world;

import dev.hubferry.sandbox.EscapeScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Chooses who of a hub's database has a home, and who is at work. */
final class WorldPeople {
    private WorldPeople() {}

    /** So many users, the awkwardly named ones among the first; the very first is the whale. */
    static List<String> withHomes(List<String> all, int count) {
        List<String> plain =
                all.stream().filter(name -> name.matches("[a-z0-9]+")).toList();
        List<String> awkward =
                all.stream().filter(name -> !name.matches("[a-z0-9]+")).toList();
        List<String> chosen = new ArrayList<>();
        Stream.of(plain.stream().limit(1), awkward.stream(), plain.stream().skip(1))
                .flatMap(names -> names)
                .limit(count)
                .forEach(chosen::add);
        if (chosen.size() < count) {
            throw new IllegalArgumentException(
                    "the hub's database has only " + all.size() + " users, " + count + " were asked for");
        }
        return chosen;
    }

    /**
     * So many users of the database who have a home in the tree, and whose name can be a label's value: servers of
     * others cannot start, as their KubeSpawner puts the escaped name into a label.
     */
    static List<String> active(List<String> all, Path homes, int count) {
        return withHomes(all, all.size()).stream()
                .filter(user -> EscapeScheme.directory(user).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?"))
                .filter(user -> Files.isDirectory(homes.resolve(EscapeScheme.directory(user))))
                .limit(count)
                .toList();
    }
}
