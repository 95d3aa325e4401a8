package dev.hubferry.fakes.kubernetes.access;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may come in, by token; users and their rules can change while the cluster runs. */
public final class Users {

    /** Who a request without a token is: may do nothing. */
    public static final FakeUser ANONYMOUS = new FakeUser("system:anonymous", "none", List.of());

    private final Map<String, FakeUser> byName = new ConcurrentHashMap<>();

    public Users(List<FakeUser> users) {
        users.forEach(this::put);
    }

    /** Adds a user or replaces the one of that name. */
    public void put(FakeUser user) {
        byName.put(user.name(), user);
    }

    public FakeUser named(String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new NoSuchElementException("no user '" + name + "' in this cluster"));
    }

    public Optional<FakeUser> withToken(String token) {
        return byName.values().stream()
                .filter(user -> user.token().equals(token))
                .findFirst();
    }
}
