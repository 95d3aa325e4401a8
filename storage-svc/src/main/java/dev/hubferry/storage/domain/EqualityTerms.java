package dev.hubferry.storage.domain;

import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.Ownership;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** In what the trees of a receipt need not be equal. */
final class EqualityTerms {
    private final HomesOptions options;
    private final Set<HomesConsent> losses;
    private final Exclusions exclusions;
    private final Ownership ownership;

    private EqualityTerms(HomesOptions options, Set<HomesConsent> losses) {
        this.options = options;
        this.losses = losses;
        this.exclusions = Exclusions.of(options);
        this.ownership = Ownership.of(options);
    }

    /** @param losses which of those that were accepted there are */
    static EqualityTerms of(HomesOptions options, Set<HomesConsent> losses) {
        return new EqualityTerms(new HomesOptions(options.exclude(), options.ownership(), losses), losses);
    }

    /** What the receipt has to say of them; empty when the trees have to be equal in everything. */
    Optional<HomesOptions> said() {
        return options.ifAny();
    }

    /** What the target has to have of the source. */
    EntryStream expected(EntryStream source) {
        EntryStream moved = moved(source);
        return () -> moved.next().map(tree -> new TreeEntry(ownership.onTarget(tree.entry()), tree.attributes()));
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
            return losses.isEmpty() ? next : next.map(this::withoutLosses);
        };
    }

    private TreeEntry withoutLosses(TreeEntry tree) {
        String kept = tree.attributes().lines().filter(line -> !isLost(line)).collect(Collectors.joining("\n"));
        return new TreeEntry(tree.entry(), kept);
    }

    private boolean isLost(String attribute) {
        return losses.contains(
                attribute.startsWith(TreeEntry.ACL) ? HomesConsent.LOSE_ACLS : HomesConsent.LOSE_ATTRIBUTES);
    }
}
