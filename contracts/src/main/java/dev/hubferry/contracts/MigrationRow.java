package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * One row of the saga that a migration is driven through.
 *
 * @param name by which events speak of it, such as {@code close-source}
 * @param kind whether a participant carries it out, a person answers it, or it waits for a time
 * @param phase the part of the saga that it belongs to, such as {@code cutover}
 * @param participant who carries it out; of a STEP only
 * @param effect what it means for users; of the rows alone that mean something for them
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MigrationRow(
        String name, Kind kind, String phase, Optional<Participant> participant, Optional<Effect> effect) {
    public MigrationRow {
        Require.text(name, "rows.name");
        Require.present(kind, "rows.kind");
        Require.text(phase, "rows.phase");
        // Jackson hands null to a record for a missing property, whatever the declared type says.
        participant = participant == null ? Optional.empty() : participant;
        effect = effect == null ? Optional.empty() : effect;
    }

    /** What a row is. */
    public enum Kind {
        STEP,
        APPROVAL,
        TIMER
    }

    /** What a row means for users. */
    public enum Effect {
        /** From when it is sent, users cannot work. */
        CLOSES_HUB,
        /** When it has succeeded, they can again, on the target. */
        OPENS_HUB
    }
}
