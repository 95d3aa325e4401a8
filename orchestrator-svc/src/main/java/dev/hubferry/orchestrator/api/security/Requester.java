package dev.hubferry.orchestrator.api.security;

import java.security.PublicKey;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody whose signed requests are taken.
 *
 * @param word as it is configured, and as {@code kid} in what it signs
 * @param algorithm the one way in which it signs, by the kind of its key
 */
public record Requester(String word, PublicKey key, String algorithm, Set<String> roles) {
    /** Before the name; no name of the token file has a colon, and no issuer may have this word. */
    static final String WORD = "key";

    private static final Pattern WORDS = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** @throws IllegalArgumentException saying what is wrong */
    public Requester {
        if (!isWord(word)) {
            throw new IllegalArgumentException("hubferry.requests.requesters: '" + word
                    + "' is not a word of at most 40 small letters, digits and hyphens");
        }
        roles = Set.copyOf(roles);
        if (roles.isEmpty() || !Role.ALL.containsAll(roles)) {
            throw new IllegalArgumentException("hubferry.requests.requesters." + word + ".roles is "
                    + String.join(",", roles) + ", not one or more of viewer, operator and approver");
        }
    }

    static boolean isWord(String text) {
        return WORDS.matcher(text).matches();
    }

    /** As it stands in the audit and counts for four eyes, such as {@code key:ci}. */
    public String name() {
        return WORD + ":" + word;
    }
}
