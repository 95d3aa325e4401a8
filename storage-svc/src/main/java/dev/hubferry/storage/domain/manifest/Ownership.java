package dev.hubferry.storage.domain.manifest;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesOwner;
import java.util.Optional;

/** Whose an entry of the source is on the target. */
public final class Ownership {
    private final Optional<HomesOwner> owner;

    private Ownership(Optional<HomesOwner> owner) {
        this.owner = owner;
    }

    public static Ownership of(HomesOptions options) {
        return new Ownership(options.ownership());
    }

    /** An entry of the source as it has to be on the target. */
    public ManifestEntry onTarget(ManifestEntry source) {
        return owner.map(source::ownedBy).orElse(source);
    }

    /** Entries of the source as they have to be on the target. */
    public ManifestStream onTarget(ManifestStream source) {
        return owner.isEmpty() ? source : () -> source.next().map(this::onTarget);
    }
}
