package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes ids that people can tell apart: the beginning of the migration's name and random characters. */
public final class MigrationIds {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LONGEST_NAME = 24;
    private static final int RANDOM_CHARACTERS = 10;

    private final RandomGenerator random;

    public MigrationIds(RandomGenerator random) {
        this.random = random;
    }

    /** Such as {@code astro-to-the-new-cluster-4k2m9x7q0d}. */
    public MigrationId next(String name) {
        StringBuilder id = new StringBuilder(slug(name)).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new MigrationId(id.toString());
    }

    private static String slug(String name) {
        String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = words.substring(0, Math.min(words.length(), LONGEST_NAME));
        String trimmed = cut.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "migration" : trimmed;
    }
}
