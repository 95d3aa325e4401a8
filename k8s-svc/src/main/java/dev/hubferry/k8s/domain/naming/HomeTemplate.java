package dev.hubferry.k8s.domain.naming;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code subPath} of the hub's homes: a fixed directory, possibly empty, and below it a directory for each user.
 *
 * @param text the template as the hub's configuration has it, such as {@code {username}}
 * @param hubNamespace what {@code {hubnamespace}} stands for
 */
public record HomeTemplate(String text, String hubNamespace) {
    /** The chart's own default. */
    public static final String DEFAULT = "{username}";

    /** The fixed directory that all homes are in, without slashes at the ends; absent when it depends on the user. */
    public Optional<String> directory() {
        int slash = trimmed().lastIndexOf('/');
        String before = slash < 0 ? "" : trimmed().substring(0, slash);
        return before.contains("{") ? Optional.empty() : Optional.of(before);
    }

    /** The last name of the path of one user's home, or why it cannot be known. */
    public Rendered home(UserServer server, SlugScheme scheme) {
        return render(trimmed().substring(trimmed().lastIndexOf('/') + 1), server, scheme);
    }

    private String trimmed() {
        return text.replaceAll("^/+|/+$", "");
    }

    private Rendered render(String template, UserServer server, SlugScheme scheme) {
        Map<String, String> values = values(server, scheme);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int end = template.indexOf('}', at);
            if (template.charAt(at) != '{') {
                out.append(template.charAt(at));
                at++;
            } else if (end < 0) {
                return new Rendered.Unknown(template.substring(at));
            } else {
                String value = values.get(template.substring(at + 1, end));
                if (value == null) {
                    return new Rendered.Unknown(template.substring(at, end + 1));
                }
                out.append(value);
                at = end + 1;
            }
        }
        // KubeSpawner drops the dash that "{username}-{servername}" leaves behind for the unnamed server.
        String home = template.endsWith("-") ? out.toString() : out.toString().replaceFirst("-+$", "");
        return new Rendered.Home(home);
    }

    private Map<String, String> values(UserServer server, SlugScheme scheme) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("username", scheme.slug(server.user()));
        values.put("servername", scheme.slug(server.server()));
        values.put("user_server", scheme.slug(server));
        values.put("unescaped_username", server.user());
        values.put("unescaped_servername", server.server());
        values.put("escaped_username", SlugScheme.ESCAPE.slug(server.user()));
        values.put("escaped_servername", SlugScheme.ESCAPE.slug(server.server()));
        values.put(
                "escaped_user_server",
                SlugScheme.ESCAPE.slug(server.user()) + "--" + SlugScheme.ESCAPE.slug(server.server()));
        values.put("safe_username", SlugScheme.SAFE.slug(server.user()));
        values.put("safe_servername", SlugScheme.SAFE.slug(server.server()));
        values.put("safe_user_server", SlugScheme.SAFE.slug(server));
        values.put("legacy_escape_username", EscapeSlug.lossy(server.user()));
        values.put("hubnamespace", hubNamespace.equals("default") ? "user" : hubNamespace);
        return values;
    }

    /** What a template gives for a user. */
    public sealed interface Rendered {
        /** @param directory the name of the user's directory */
        record Home(String directory) implements Rendered {}

        /** @param placeholder what only the hub itself can fill in, such as {@code {userid}} */
        record Unknown(String placeholder) implements Rendered {}
    }
}
