package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Whether what a page calls a setting is one. */
final class Known {
    /** In backquotes, or as a key. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:`|^ *)(hubferry\\.[a-z0-9-]+\\.[a-zA-Z0-9.<>*-]*[a-z0-9>*])(?=[`:=])", Pattern.MULTILINE);

    /** Topics are called alike. */
    private static final Pattern TOPIC = Pattern.compile("hubferry\\.(commands|dead-letters)\\b.*");

    private Known() {}

    static void assertKnown(String page) {
        List<String> unknown = NAMED.matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !TOPIC.matcher(name).matches())
                .filter(name -> !known(name))
                .toList();

        assertThat(unknown).isEmpty();
    }

    private static boolean known(String name) {
        return Arrays.stream(Services.values())
                .flatMap(service -> OwnConfig.names(service).stream())
                .anyMatch(mapped -> matches(name, mapped));
    }

    /** Whether a name fits to that of a mapping, in which a star is any word. In a name so are placeholders, and a star at its end is all that follow. */
    private static boolean matches(String name, String mapped) {
        String[] parts = name.split("\\.");
        String[] wanted = mapped.split("\\.");
        if (parts.length > wanted.length || (parts.length < wanted.length && !name.endsWith("*"))) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!wanted[i].equals("*")
                    && !parts[i].equals("*")
                    && !parts[i].startsWith("<")
                    && !parts[i].equals(wanted[i])) {
                return false;
            }
        }
        return true;
    }
}
