package dev.hubferry.storage.domain;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import dev.hubferry.storage.domain.manifest.Exclusions;
import java.util.Optional;

/** In what the trees of a receipt need not be equal. */
final class EqualityTerms {
    private final HomesOptions options;
    private final Exclusions exclusions;

    private EqualityTerms(HomesOptions options) {
        this.options = options;
        this.exclusions = Exclusions.of(options);
    }

    static EqualityTerms of(HomesOptions options) {
        return new EqualityTerms(options);
    }

    /** What the receipt has to say of them; empty when the trees have to be equal in everything. */
    Optional<HomesOptions> said() {
        return options.ifAny();
    }

    /** What the target has to have of the source. */
    EntryStream expected(EntryStream source) {
        return moved(source);
    }

    /** What of the target has to be as expected. */
    EntryStream found(EntryStream target) {
        return moved(target);
    }

    private EntryStream moved(EntryStream entries) {
        Exclusions.Sieve sieve = exclusions.sieve();
        return () -> {
            Optional<TreeEntry> next = entries.next();
            while (next.isPresent() && sieve.holds(next.get().entry().path())) {
                next = entries.next();
            }
            return next;
        };
    }
}
