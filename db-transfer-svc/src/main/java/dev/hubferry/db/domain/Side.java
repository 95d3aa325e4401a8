package dev.hubferry.db.domain;

import java.util.Optional;
import java.util.Set;

/**
 * Everything known about one side of a move when it is judged.
 *
 * @param profile what the cluster says
 * @param room what stands on the hub's volume
 * @param examination what the doctor found in the hub's database; empty when it has none
 */
public record Side(HubProfile profile, RoomContents room, Optional<Examination> examination) {
    /** The hub in words for people. */
    public String where() {
        return HubProfile.where(profile.hub());
    }

    /** Which JupyterHub this hub runs: what its image says, else what its labels say. */
    public HubVersion version() {
        return switch (room.imageVersion()) {
            case HubVersion.Known known -> known;
            case HubVersion.Unknown unknown -> profile.version();
        };
    }

    /** The accounts in its database; none when it has no readable one. */
    public Set<String> userNames() {
        return examination.map(Examination::userNames).orElse(Set.of());
    }
}
