package dev.hubferry.db.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings a copy of a hub's database here and has the doctor look at it. */
public final class Examiner {
    private final DatabaseDoctor doctor;

    public Examiner(DatabaseDoctor doctor) {
        this.doctor = doctor;
    }

    /**
     * Looks at the database in an open room.
     *
     * @param copy a file that does not exist; afterwards the copy, unless the hub has no database
     */
    public Finding examine(HubProfile profile, DatabaseRoom room, Path copy) throws InterruptedException {
        RoomContents contents = room.look();
        if (contents.database().main().isEmpty()) {
            return new Finding(new Side(profile, contents, Optional.empty()), Optional.empty());
        }
        try {
            StoredFile snapshot = room.snapshot(copy);
            return new Finding(new Side(profile, contents, Optional.of(doctor.examine(copy))), Optional.of(snapshot));
        } catch (UnreadableDatabase damaged) {
            Examination nothing = Examination.damaged(
                    List.of(damaged.detail()), contents.database().sizeBytes());
            return new Finding(new Side(profile, contents, Optional.of(nothing)), Optional.empty());
        }
    }

    /**
     * What was found, and the copy's size and hash as it left the hub.
     *
     * @param snapshot empty when there is no database, or none that can be copied
     */
    public record Finding(Side side, Optional<StoredFile> snapshot) {}
}
