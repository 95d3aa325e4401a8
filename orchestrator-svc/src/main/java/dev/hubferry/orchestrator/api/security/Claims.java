package dev.hubferry.orchestrator.api.security;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads from the claims of a verified token who its holder is. */
final class Claims {
    private static final int LONGEST_NAME = 200;
    private static final String EMAIL = "email";

    private final Issuer issuer;

    Claims(Issuer issuer) {
        this.issuer = issuer;
    }

    /** Whom a token names. */
    sealed interface Named {
        record Person(Tokens.Holder holder) implements Named {}

        /** @param why one sentence without what the token says */
        record Nobody(String why) implements Named {}
    }

    Named read(JsonNode claims) {
        String claim = issuer.names().claim();
        JsonNode name = claims.path(claim);
        if (!name.isTextual() || name.textValue().isBlank()) {
            return new Named.Nobody(
                    "the token has no claim " + claim + " with a name, and people are told apart by that claim here");
        }
        if (!isName(name.textValue())) {
            return new Named.Nobody("the token's claim %s is longer than %d characters or has control characters"
                    .formatted(claim, LONGEST_NAME));
        }
        // Who may write any address into the account could take another person's name.
        if (claim.equals(EMAIL) && !claims.path("email_verified").asBoolean(false)) {
            return new Named.Nobody("the token does not say that its email is verified");
        }
        return new Named.Person(new Tokens.Holder(issuer.names().prefix() + name.textValue(), roles(claims)));
    }

    private Set<String> roles(JsonNode claims) {
        Set<String> roles = new HashSet<>();
        groups(find(claims)).forEach(group -> roles.addAll(issuer.rolesOf().getOrDefault(group, Set.of())));
        return roles;
    }

    /** Names of claims that are URLs have slashes themselves, so the whole path is tried as a name first. */
    private JsonNode find(JsonNode claims) {
        return Optional.ofNullable(claims.get(issuer.groupsClaim())).orElseGet(() -> {
            JsonNode found = claims;
            for (String step : List.of(issuer.groupsClaim().split("/", -1))) {
                found = found.path(step);
            }
            return found;
        });
    }

    /** Texts in an array, or words in one text, as {@code scope} has them. */
    private static Stream<String> groups(JsonNode claim) {
        return claim.isTextual()
                ? Arrays.stream(claim.textValue().split(" ", -1))
                : StreamSupport.stream(claim.spliterator(), false)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue);
    }

    private static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && name.codePoints().noneMatch(Character::isISOControl);
    }
}
