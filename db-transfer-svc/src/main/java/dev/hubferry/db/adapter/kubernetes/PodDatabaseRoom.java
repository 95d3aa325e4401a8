package dev.hubferry.db.adapter.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.DatabaseFiles;
import dev.hubferry.db.domain.DatabaseRoom;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.HubVersion;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.RoomContents;
import dev.hubferry.db.domain.StoredFile;
import dev.hubferry.db.domain.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** A hub's database as one short-lived pod sees it. */
final class PodDatabaseRoom implements DatabaseRoom {
    private final Tenancy tenancy;
    private final boolean readOnly;
    private final RoomScript script;
    private final RoomCommands commands;
    private final Directories directories;
    private final Task task;
    private final int attempts;

    /** @param readOnly whether the volume is mounted so that nothing can change */
    PodDatabaseRoom(
            Tenancy tenancy,
            boolean readOnly,
            RoomCommands commands,
            Directories directories,
            Task task,
            int attempts) {
        this.tenancy = tenancy;
        this.readOnly = readOnly;
        this.directories = directories;
        this.commands = commands;
        this.task = task;
        this.attempts = attempts;
        this.script = new RoomScript(commands, tenancy.hub(), task, attempts);
    }

    /**
     * Who is in the room.
     *
     * <p>Closing it ends the stay.
     */
    interface Tenancy extends AutoCloseable {
        HubRef hub();

        /** The user and group to whom the hub's files belong. */
        long user();

        long group();

        @Override
        void close();
    }

    /**
     * @param room where the hub's volume is mounted
     * @param scratch a directory of the room's own, for copies
     */
    record Directories(String room, String scratch) {}

    @Override
    public RoomContents look() throws InterruptedException {
        JsonNode answer =
                script.ask("look", arguments().put("migration", task.migration().value()));
        List<String> kept = new ArrayList<>();
        answer.path("kept").forEach(name -> kept.add(name.asText()));
        Set<String> revisions = new HashSet<>();
        answer.path("revisions").forEach(revision -> revisions.add(revision.asText()));
        HubVersion version = answer.path("version").isTextual()
                ? new HubVersion.Known(answer.path("version").asText(), "image")
                : new HubVersion.Unknown();
        List<StoredFile> files = new ArrayList<>();
        answer.path("files").forEach(file -> files.add(storedFile(file)));
        return new RoomContents(
                new DatabaseFiles(files), kept, answer.path("free").asLong(), version, revisions);
    }

    @Override
    public StoredFile snapshot(Path into) throws InterruptedException {
        ObjectNode arguments = RoomScript.JSON.createObjectNode();
        arguments
                .put("room", directories.room())
                .put("scratch", directories.scratch())
                .put("read_only", readOnly);
        JsonNode answer = script.ask("snapshot", arguments);
        StoredFile taken = storedFile(answer);
        String path = answer.path("path").asText();
        for (int attempt = 1; attempt < attempts; attempt++) {
            try {
                receive(path, into, taken);
                return taken;
            } catch (Refusal refusal) {
                if (refusal.rejected().code().category() != ErrorCategory.TRANSIENT) {
                    throw refusal;
                }
            }
        }
        receive(path, into, taken);
        return taken;
    }

    private void receive(String path, Path into, StoredFile taken) throws InterruptedException {
        task.ensureHeld();
        ReceivedFile file = streamed(path, into, taken);
        if (!file.is(taken)) {
            throw Refusal.of(
                    ErrorCode.TRANSFER_CORRUPT,
                    HubProfile.where(tenancy.hub()),
                    "of the database's " + taken.sizeBytes() + " bytes " + file.bytes()
                            + " arrived, or others than were sent",
                    "see whether the connection to the cluster's API server is sound");
        }
    }

    private ReceivedFile streamed(String path, Path into, StoredFile taken) throws InterruptedException {
        LongConsumer progress = bytes -> task.report("copying the hub's database", bytes, taken.sizeBytes());
        progress.accept(0);
        try (ReceivedFile file = ReceivedFile.at(into, progress)) {
            commands.run(List.of("cat", path), stdin -> {}, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of the database cannot be written here", e);
        }
    }

    @Override
    @Failpoint("db.room.keep")
    public void keep(DatabaseFiles own) throws InterruptedException {
        script.ask("keep", about(own));
    }

    @Override
    @Failpoint("db.room.place")
    public StoredFile place(Path file, int mode, DatabaseFiles own) throws InterruptedException {
        StoredFile here = ReceivedFile.describe(file, DatabaseFiles.MAIN, mode);
        ObjectNode arguments = about(own)
                .put("size", here.sizeBytes())
                .put("sha256", here.sha256())
                .put("mode", mode)
                .put("uid", tenancy.user())
                .put("gid", tenancy.group());
        JsonNode answer = script.ask("place", arguments, stdin -> Files.copy(file, stdin));
        return storedFile(answer);
    }

    @Override
    @Failpoint("db.room.restore")
    public void restore(DatabaseFiles own, boolean placed) throws InterruptedException {
        script.ask("restore", about(own).put("placed", placed));
    }

    @Override
    public void close() {
        tenancy.close();
    }

    private ObjectNode arguments() {
        return RoomScript.JSON.createObjectNode().put("room", directories.room());
    }

    private ObjectNode about(DatabaseFiles own) {
        ObjectNode arguments = arguments().put("migration", task.migration().value());
        for (StoredFile file : own.files()) {
            arguments.withArray("own").addObject().put("name", file.name()).put("sha256", file.sha256());
        }
        arguments.withArray("own");
        return arguments;
    }

    private static StoredFile storedFile(JsonNode file) {
        return new StoredFile(
                file.path("name").asText(),
                file.path("size").asLong(),
                file.path("sha256").asText(),
                file.path("mode").asInt());
    }
}
