package dev.hubferry.contracts;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * In what a move of homes is not simply a copy.
 *
 * @param exclude what is not moved, see {@link ExcludePattern}; neither copied, nor deleted, nor compared
 * @param ownership whose everything is on the target; empty when numeric owners stay as they are
 * @param consents losses that are accepted where the target cannot keep something
 */
public record HomesOptions(List<String> exclude, Optional<HomesOwner> ownership, Set<HomesConsent> consents) {
    public static final int MOST_PATTERNS = 100;

    /** Everything is moved as it is. */
    public static final HomesOptions NONE = new HomesOptions(List.of(), Optional.empty(), Set.of());

    public HomesOptions {
        // Jackson hands null to a record for a missing property, whatever the declared type says.
        exclude = exclude == null ? List.of() : List.copyOf(exclude);
        ownership = ownership == null ? Optional.empty() : ownership;
        consents = consents == null ? Set.of() : Set.copyOf(consents);
        requirePatterns(exclude);
    }

    /** The patterns, ready to be matched. */
    public List<ExcludePattern> patterns() {
        return exclude.stream().map(ExcludePattern::parse).toList();
    }

    /** The options that a person gave; empty when there are none. */
    public Optional<HomesOptions> ifAny() {
        return equals(NONE) ? Optional.empty() : Optional.of(this);
    }

    private static void requirePatterns(List<String> exclude) {
        if (exclude.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException(
                    "exclude has %d patterns, but may have %d".formatted(exclude.size(), MOST_PATTERNS));
        }
        for (int i = 0; i < exclude.size(); i++) {
            try {
                ExcludePattern.parse(exclude.get(i));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("exclude[%d] %s".formatted(i, e.getMessage()), e);
            }
        }
    }
}
