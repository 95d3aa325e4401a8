package dev.hubferry.storage.adapter.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A command for a host.
 *
 * @param name in logs and errors
 * @param account whose rights it needs
 * @param argv program and arguments; each reaches the program as it is, whatever characters it has; never secrets
 * @param deadline after which it is given up
 */
record HostCommand(String name, Account account, List<String> argv, Duration deadline) {
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

    HostCommand {
        argv = List.copyOf(argv);
    }

    /** Whose rights a command needs. */
    enum Account {
        /** The account that logs in. */
        LOGIN,
        /** root, by sudo where the login is not root. */
        ROOT
    }

    /** A script of this package, run by root: {@code name.sh} with arguments $1, $2, … */
    static HostCommand script(String name, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", HostScripts.text(name), "hubferry-" + name));
        argv.addAll(List.of(arguments));
        return new HostCommand(name, Account.ROOT, argv, DEFAULT_DEADLINE);
    }

    HostCommand asLogin() {
        return new HostCommand(name, Account.LOGIN, argv, deadline);
    }

    HostCommand within(Duration limit) {
        return new HostCommand(name, account, argv, limit);
    }

    /** One line for the login shell, each word in single quotes. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (String word : argv) {
            line.append(line.isEmpty() ? "" : " ").append(quote(word));
        }
        return line.toString();
    }

    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
