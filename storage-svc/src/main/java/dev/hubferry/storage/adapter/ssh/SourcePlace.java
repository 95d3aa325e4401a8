package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.Route;
import java.time.Duration;
import java.util.List;

/**
 * Where a route keeps its things on the source: below the home directory of the account that the key belongs to, away from the homes.
 *
 * @param path the private directory of the route
 */
record SourcePlace(String path) {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    static SourcePlace of(RemoteShell source, Route route) throws InterruptedException {
        List<String> argv = List.of("sh", "-c", "printf %s \"$HOME\"");
        String home = source.require(new HostCommand("home", HostCommand.Account.LOGIN, argv, DEADLINE));
        return new SourcePlace(home + "/.hubferry/" + route.migration());
    }
}
