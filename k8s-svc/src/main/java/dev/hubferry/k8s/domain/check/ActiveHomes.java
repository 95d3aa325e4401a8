package dev.hubferry.k8s.domain.check;

import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The directories of users in the order of their last activity, the latest first. Where it cannot be told by which scheme the hub names homes, both
 * names of a user stand there: it is a hint, and a name that no home has does no harm.
 */
final class ActiveHomes {
    /** Who comes after so many has not been active for long. */
    static final int MOST = 2_000;

    /** They travel in two messages and stay in the migration's state. */
    static final int MOST_CHARACTERS = 100_000;

    private static final int LONGEST_NAME = 255;

    private ActiveHomes() {}

    static List<String> of(HomeLayout layout, List<HubUser> users) {
        Set<String> names = new LinkedHashSet<>();
        users.stream()
                .filter(user -> user.lastActivity().isPresent())
                .sorted(Comparator.comparing(ActiveHomes::lastActive).reversed().thenComparing(HubUser::name))
                .limit(MOST)
                .forEach(user -> names.addAll(homesOf(layout, user.name())));
        return cut(names);
    }

    private static Instant lastActive(HubUser user) {
        return user.lastActivity().orElseThrow();
    }

    /** Those of named servers too, as far as servers that run show them. */
    private static Set<String> homesOf(HomeLayout layout, String user) {
        Set<String> homes = new TreeSet<>(layout.homesOf(UserServer.unnamed(user)));
        layout.observed().forEach((server, home) -> {
            if (server.user().equals(user)) {
                homes.add(home);
            }
        });
        homes.removeIf(home -> !isName(home));
        return homes;
    }

    private static boolean isName(String home) {
        return !home.isBlank()
                && home.length() <= LONGEST_NAME
                && home.codePoints()
                        .allMatch(c ->
                                c != '/' && !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE);
    }

    private static List<String> cut(Set<String> names) {
        List<String> cut = new ArrayList<>();
        int characters = 0;
        for (String name : names) {
            characters += name.length();
            if (cut.size() == MOST || characters > MOST_CHARACTERS) {
                break;
            }
            cut.add(name);
        }
        return cut;
    }
}
