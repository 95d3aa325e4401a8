package dev.hubferry.bench.homes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace for each host, named after this process.
 *
 * <pre>
 *   this machine                 source                              target
 *   198.18.N.1  ── veth ──► 198.18.N.2   198.19.N.1 ◄── emulator ──► 198.19.N.2   198.18.N.6
 *   198.18.N.5  ── veth ──────────────────────────────────────────────────────────► ▲
 * </pre>
 */
final class Namespaces implements AutoCloseable {
    private static final Pattern OURS = Pattern.compile("hf(\\d+)[st]");
    private static final int ADDRESSES = 256;

    private final long pid = ProcessHandle.current().pid();

    /** Makes both, with nothing between them yet; whatever a killed bench has left is removed first. */
    static Namespaces make() throws InterruptedException {
        removeStale();
        Namespaces made = new Namespaces();
        try {
            for (Role role : Role.values()) {
                ip("netns", "add", made.name(role));
                ip("-n", made.name(role), "link", "set", "lo", "up");
            }
            return made;
        } catch (RuntimeException | InterruptedException e) {
            made.close();
            throw e;
        }
    }

    /** As {@code ip netns} knows it; the device that leads there from this machine has the same name. */
    String name(Role role) {
        return "hf" + pid + role.wireName().charAt(0);
    }

    /** The address on the way to this machine. */
    String nearAddress(Role role) {
        return near(role, 2);
    }

    /** The address on the way to the other host. */
    String farAddress(Role role) {
        return "198.19.%d.%d".formatted(pid % ADDRESSES, role.ordinal() + 1);
    }

    /** What is put before a command that is to run there. */
    List<String> launcher(Role role) {
        return List.of("ip", "netns", "exec", name(role));
    }

    /** Lays a short way from this machine to the host. */
    void connect(Role role) throws InterruptedException {
        ip("link", "add", name(role), "type", "veth", "peer", "name", "near0", "netns", name(role));
        ip("addr", "add", near(role, 1) + "/30", "dev", name(role));
        ip("link", "set", name(role), "up");
        ip("-n", name(role), "addr", "add", nearAddress(role) + "/30", "dev", "near0");
        ip("-n", name(role), "link", "set", "near0", "up");
    }

    /** Gives the device {@code wan0}, which somebody has made there, its address and says who is at the other end. */
    void address(Role role) throws InterruptedException {
        Role other = role == Role.SOURCE ? Role.TARGET : Role.SOURCE;
        ip("-n", name(role), "addr", "add", farAddress(role), "peer", farAddress(other), "dev", "wan0");
        ip("-n", name(role), "link", "set", "wan0", "up");
    }

    /** Lets this machine reach the source by way of the target. */
    void routeOverTarget() throws InterruptedException {
        String target = name(Role.TARGET);
        Programs.run("ip", "netns", "exec", target, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
                .orThrow();
        ip("route", "add", farAddress(Role.SOURCE), "via", nearAddress(Role.TARGET), "dev", target);
        ip(
                "-n",
                name(Role.SOURCE),
                "route",
                "add",
                near(Role.TARGET, 1),
                "via",
                farAddress(Role.TARGET),
                "dev",
                "wan0");
    }

    @Override
    public void close() {
        try {
            for (Role role : Role.values()) {
                remove(name(role));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String near(Role role, int end) {
        return "198.18.%d.%d".formatted(pid % ADDRESSES, 4 * role.ordinal() + end);
    }

    private static void removeStale() throws InterruptedException {
        String names = Programs.run("ip", "netns", "list").output();
        for (String line : names.lines().toList()) {
            Matcher ours = OURS.matcher(line.split(" ", 2)[0]);
            if (ours.matches()
                    && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                remove(ours.group());
            }
        }
    }

    /** What is not there is no trouble. A process that still runs there keeps the namespace, though not its name or its way here. */
    private static void remove(String name) throws InterruptedException {
        Programs.run("ip", "link", "del", name);
        Programs.run("ip", "netns", "del", name);
    }

    private static void ip(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Programs.run(String.join(" ", command), command, Map.of()).orThrow();
    }
}
