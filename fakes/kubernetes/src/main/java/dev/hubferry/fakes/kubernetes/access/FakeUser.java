package dev.hubferry.fakes.kubernetes.access;

import java.util.List;

/** Somebody with a bearer token and rules; the token does not appear in {@link #toString()}. */
public record FakeUser(String name, String token, List<AccessRule> rules) {

    public FakeUser {
        if (name.isBlank() || token.isBlank()) {
            throw new IllegalArgumentException("a user needs a name and a token, got name '" + name + "'");
        }
        rules = List.copyOf(rules);
    }

    /** Somebody who may do everything. */
    public static FakeUser admin(String name, String token) {
        return new FakeUser(name, token, List.of(AccessRule.everything()));
    }

    public boolean may(AccessRequest request) {
        return rules.stream().anyMatch(rule -> rule.allows(request));
    }

    @Override
    public String toString() {
        return "FakeUser[name=" + name + ", rules=" + rules + "]";
    }
}
