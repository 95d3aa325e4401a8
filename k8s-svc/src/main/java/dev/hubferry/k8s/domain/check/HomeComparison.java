package dev.hubferry.k8s.domain.check;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the directory that each user has on the source with the one that the target would mount; a difference looks like a lost home. */
record HomeComparison(HomeLayout source, HomeLayout target) {
    private static final int EXAMPLES = 3;
    /** Names that tell the schemes apart, for when no user is known. */
    private static final List<UserServer> SAMPLES =
            List.of(UserServer.unnamed("john-smith"), UserServer.unnamed("john.doe@x.edu"));

    void compare(HubLook.Users all, Findings findings) {
        Set<UserServer> users = all.known();
        List<UserServer> differing = users.stream().filter(this::differs).toList();
        List<UserServer> uncertain =
                users.stream().filter(user -> !differs(user) && !same(user)).toList();
        if (!differing.isEmpty()) {
            findings.problem(
                    ErrorCode.HOME_PATHS_DIFFER,
                    "homes",
                    "%d of %d known users would find another directory on the target: %s"
                            .formatted(differing.size(), users.size(), examples(differing)),
                    "set singleuser.storage.static.subPath and hub.config.KubeSpawner.slug_scheme of the target as on the source");
        } else if (!uncertain.isEmpty()) {
            findings.notice(
                    "homes",
                    "For %d of %d known users it cannot be told whether both hubs name the home alike: %s."
                            .formatted(uncertain.size(), users.size(), examples(uncertain)));
        }
        sayWhatSamplesShow(all, findings);
    }

    /** Where not all users are known, one of them may have such a name. */
    private void sayWhatSamplesShow(HubLook.Users users, Findings findings) {
        List<UserServer> differing = SAMPLES.stream().filter(this::differs).toList();
        if (differing.isEmpty() || users.known().stream().anyMatch(this::differs)) {
            return;
        }
        if (users.all()) {
            findings.notice(
                    "homes",
                    "The hubs name some homes differently. No user that is known now is affected, one such as these would be: "
                            + examples(differing) + ".");
            return;
        }
        findings.problem(
                ErrorCode.HOME_PATHS_DIFFER,
                "homes",
                ("the hubs name some homes differently, and the source does not list its users, so any of them may be affected"
                                + " who has a name such as these: %s")
                        .formatted(examples(differing)),
                "set singleuser.storage.static.subPath and hub.config.KubeSpawner.slug_scheme of the target as on the source,"
                        + " or let the source list its users to Hubferry, which then compares each of them");
    }

    private boolean differs(UserServer user) {
        Set<String> here = source.homesOf(user);
        Set<String> there = target.homesOf(user);
        return !here.isEmpty() && !there.isEmpty() && Collections.disjoint(here, there);
    }

    private boolean same(UserServer user) {
        return source.homesOf(user).size() == 1 && source.homesOf(user).equals(target.homesOf(user));
    }

    private String examples(List<UserServer> users) {
        return users.stream()
                .limit(EXAMPLES)
                .map(user -> "%s is %s on the source and %s on the target"
                        .formatted(
                                user.user() + (user.server().isEmpty() ? "" : "/" + user.server()),
                                names(source.homesOf(user)),
                                names(target.homesOf(user))))
                .collect(Collectors.joining("; "));
    }

    private static String names(Set<String> names) {
        return names.isEmpty() ? "unknown" : String.join(" or ", names);
    }
}
