package dev.hubferry.db.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Hubs whose volumes are maps from names to contents, and a doctor who reads what the test wrote: all ports of the domain. */
final class FakeHubs implements HubInspector, DatabaseCarrier, DatabaseDoctor {
    static final HubRef SOURCE = new HubRef("old", "astro", Optional.empty());
    static final HubRef TARGET = new HubRef("new", "stars", Optional.empty());
    static final String HEAD = "651f5419b74d";
    static final HubSecrets SECRETS =
            new HubSecrets(Optional.of(print("cookie")), Set.of(print("key")), false, Map.of("grader", print("token")));

    /** Each hub's volume. */
    final Map<HubRef, Map<String, String>> volumes = new HashMap<>();

    /** What the cluster says about each hub. */
    final Map<HubRef, HubProfile> profiles = new HashMap<>();

    /** What uses each hub's database; a list is used up by asking, the last one stays. */
    final Map<HubRef, List<List<String>>> uses = new HashMap<>();

    /** What the doctor finds in a file of that content. */
    final Map<String, Examination> findings = new HashMap<>();

    /** Rooms that are open now. */
    final List<HubRef> open = Collections.synchronizedList(new ArrayList<>());

    /** What was done, in order. */
    final List<String> log = new ArrayList<>();

    long freeBytes = 1_000_000;
    Healing healing = new Healing(0, 0, 0, 0);

    FakeHubs() {
        for (HubRef hub : List.of(SOURCE, TARGET)) {
            volumes.put(hub, new TreeMap<>());
            profiles.put(
                    hub,
                    new HubProfile(
                            hub,
                            new DatabaseKind.SqliteOnVolume(),
                            new HubVersion.Known("3.0.0", "label"),
                            true,
                            SECRETS));
        }
        put(SOURCE, "source", examination("ann", "bob"));
        findings.put("source healed", examination("ann", "bob"));
    }

    static SecretPrint print(String value) {
        return new SecretPrint(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static Examination examination(String... users) {
        return new Examination(
                List.of(),
                Optional.of(HEAD),
                100,
                Set.of(users),
                0,
                0,
                Set.of(),
                Map.of(),
                Map.of("users", (long) users.length, "servers", 0L));
    }

    void put(HubRef hub, String content, Examination found) {
        volume(hub).put(DatabaseFiles.MAIN, content);
        findings.put(content, found);
    }

    Map<String, String> volume(HubRef hub) {
        return volumes.getOrDefault(hub, Map.of());
    }

    @Override
    public HubProfile inspect(HubRef hub) {
        return Optional.ofNullable(profiles.get(hub))
                .orElseThrow(() -> Refusal.of(ErrorCode.CLUSTER_UNREACHABLE, HubProfile.where(hub), "down", "wait"));
    }

    @Override
    public List<String> usersOfDatabase(HubRef hub, MigrationId migration) {
        List<List<String>> answers = uses.getOrDefault(hub, List.of(List.of()));
        List<String> answer = answers.getFirst();
        if (answers.size() > 1) {
            uses.put(hub, answers.subList(1, answers.size()));
        }
        return answer;
    }

    @Override
    public DatabaseRoom open(HubRef hub, Access access, Task task) {
        open.add(hub);
        return new Room(hub, access, task);
    }

    @Override
    public void sweep(HubRef hub, Task task) {
        inspect(hub);
        log.add("sweep " + hub.cluster());
    }

    @Override
    public Examination examine(Path database) {
        return Optional.ofNullable(findings.get(read(database)))
                .orElseGet(() -> Examination.damaged(List.of("no database"), 10));
    }

    @Override
    public Healing heal(Path database, Relocation relocation) {
        write(database, read(database) + " healed");
        return healing;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredFile stored(String name, String content) {
        return new StoredFile(name, content.length(), "hash of " + content, 0644);
    }

    private final class Room implements DatabaseRoom {
        private final HubRef hub;
        private final Map<String, String> volume;
        private final Access access;
        private final Task task;

        Room(HubRef hub, Access access, Task task) {
            this.hub = hub;
            this.volume = volume(hub);
            this.access = access;
            this.task = task;
        }

        private String kept(String name) {
            return name + ".kept-" + task.migration();
        }

        private void change() {
            task.ensureHeld();
            if (access == Access.READ) {
                throw new IllegalStateException("a room opened for reading is changed");
            }
        }

        @Override
        public RoomContents look() {
            List<StoredFile> files = volume.entrySet().stream()
                    .filter(file -> !file.getKey().contains(".kept-"))
                    .map(file -> stored(file.getKey(), file.getValue()))
                    .toList();
            return new RoomContents(new DatabaseFiles(files), List.of(), freeBytes, new HubVersion.Unknown(), Set.of());
        }

        @Override
        public StoredFile snapshot(Path into) {
            String content = Optional.ofNullable(volume.get(DatabaseFiles.MAIN)).orElseThrow();
            write(into, content);
            return stored(DatabaseFiles.MAIN, content);
        }

        @Override
        public void keep(DatabaseFiles own) {
            change();
            log.add("keep");
            own.files()
                    .forEach(file -> volume.put(
                            kept(file.name()),
                            Optional.ofNullable(volume.get(file.name())).orElseThrow()));
        }

        @Override
        public StoredFile place(Path file, int mode, DatabaseFiles own) {
            change();
            own.files().forEach(kept -> {
                if (!volume.containsKey(kept(kept.name()))) {
                    throw new IllegalStateException("not kept: " + kept.name());
                }
            });
            log.add("place");
            volume.keySet().removeIf(name -> !name.contains(".kept-"));
            volume.put(DatabaseFiles.MAIN, read(file));
            return stored(DatabaseFiles.MAIN, read(file));
        }

        @Override
        public void restore(DatabaseFiles own, boolean placed) {
            change();
            log.add("restore");
            if (placed) {
                volume.keySet().removeIf(name -> !name.contains(".kept-"));
            }
            own.files()
                    .forEach(file -> Optional.ofNullable(volume.remove(kept(file.name())))
                            .ifPresent(content -> volume.put(file.name(), content)));
        }

        @Override
        public void close() {
            open.remove(hub);
        }
    }
}
