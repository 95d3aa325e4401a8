package dev.hubferry.db.domain;

import java.util.List;
import java.util.Optional;

/**
 * The files that make up a hub's database on its volume: the database itself, and SQLite's journal, write-ahead log and index beside it
 * when it was not closed in peace. An empty list is a hub that never had a database.
 *
 * @param files in the order of their names
 */
public record DatabaseFiles(List<StoredFile> files) {
    /** The name of the database in the hub's working directory. */
    public static final String MAIN = "jupyterhub.sqlite";

    public DatabaseFiles {
        files = List.copyOf(files);
    }

    /** The database itself, unless the hub has none. */
    public Optional<StoredFile> main() {
        return files.stream().filter(file -> file.name().equals(MAIN)).findFirst();
    }

    /** The names of what stands beside it. */
    public List<String> sidecars() {
        return files.stream()
                .map(StoredFile::name)
                .filter(name -> !name.equals(MAIN))
                .toList();
    }

    /** Size of everything, in bytes. */
    public long sizeBytes() {
        return files.stream().mapToLong(StoredFile::sizeBytes).sum();
    }
}
