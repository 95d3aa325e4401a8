package dev.hubferry.db.domain;

import java.nio.file.Path;

/**
 * The place where one hub keeps its database, opened for a short time. Every method may be called again after it failed or succeeded and
 * then finds what the first call left. All throw {@link Refusal} for expected failures and {@link InterruptedException} when the run
 * should end.
 */
public interface DatabaseRoom extends AutoCloseable {
    /** What stands there now. */
    RoomContents look() throws InterruptedException;

    /**
     * Makes a consistent copy of the hub's database, whatever the hub is doing meanwhile, and brings it here; nothing changes in the room.
     *
     * @param into a file that does not exist
     * @return the copy's size and hash, as they were before it travelled and as they are here
     */
    StoredFile snapshot(Path into) throws InterruptedException;

    /**
     * Sets the hub's own database files aside under names of this migration, so that they survive {@link #place}; the hub's names still
     * lead to them afterwards.
     *
     * @param own what stands there, as recorded
     */
    void keep(DatabaseFiles own) throws InterruptedException;

    /**
     * Puts {@code file} in the place of the hub's database in one step; what {@link #keep} set aside stays. Refuses when something of
     * {@code own} was not kept.
     *
     * @param file the database to place
     * @param mode its permission bits there
     * @param own what {@link #keep} was given
     * @return the file as it stands there now, read back
     */
    StoredFile place(Path file, int mode, DatabaseFiles own) throws InterruptedException;

    /**
     * Puts what {@link #keep} set aside back, byte for byte, and takes away what {@link #place} put there; finishes what an earlier call
     * began.
     *
     * @param own what {@link #keep} was given
     * @param placed whether {@link #place} may have begun; when it has not, what stands there is the hub's own and stays
     */
    void restore(DatabaseFiles own, boolean placed) throws InterruptedException;

    /** Leaves the room and takes away what was needed to be there. */
    @Override
    void close();
}
