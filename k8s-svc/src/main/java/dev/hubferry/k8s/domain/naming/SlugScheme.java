package dev.hubferry.k8s.domain.naming;

import java.util.List;

/** How KubeSpawner makes a user's or server's name fit for directories, pods and claims. */
public enum SlugScheme {
    /** Default of KubeSpawner before 7, and so of the chart before 4. */
    ESCAPE,
    /** Default of KubeSpawner 7 and later. */
    SAFE;

    /** The slug of one name; of the empty name it is empty. */
    public String slug(String name) {
        if (name.isEmpty()) {
            return "";
        }
        return switch (this) {
            case ESCAPE -> EscapeSlug.of(name);
            case SAFE -> SafeSlug.of(name);
        };
    }

    /** The slug of a user together with one of the user's servers; with the unnamed server it is that of the user, if that is not too long. */
    String slug(UserServer server) {
        String user = slug(server.user());
        String name = slug(server.server());
        String joined = name.isEmpty() ? user : user + "--" + name;
        return switch (this) {
            case ESCAPE -> joined;
            case SAFE ->
                user.length() + name.length() + 2 > SafeSlug.MAX_LENGTH
                        ? SafeSlug.ofAll(List.of(server.user(), server.server()))
                        : joined;
        };
    }
}
