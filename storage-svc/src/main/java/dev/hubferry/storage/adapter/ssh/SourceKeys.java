package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.AuthorizedKeys;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.Superseded;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lets a key in on the source, for one thing, and takes that back: the line in authorized_keys and what it runs. */
final class SourceKeys {
    private static final String EFFECT = "authorized-keys:";
    private static final int CHANGED = 68;
    private static final int CLOSED = 69;
    private static final int TRIES = 10;

    private final SshHosts hosts;

    SourceKeys(SshHosts hosts) {
        this.hosts = hosts;
    }

    /** Whether {@link #allow} ever began. */
    boolean wasTouched(Route route, CommandRun run) {
        return run.before(effect(route)).isPresent();
    }

    /** Whether the route is still to be opened. */
    @FunctionalInterface
    interface Fence {
        /** @throws RuntimeException when another run has taken over, or the route was closed */
        void check() throws InterruptedException;
    }

    /**
     * @param publicKey type and key
     * @param fence is asked between installing what the key runs and letting it in: closing removes the former first, so a run that is
     *     late with either can never let the key in again
     */
    void allow(Route route, CommandRun run, String publicKey, Fence fence) throws InterruptedException {
        RemoteShell source = hosts.shell(route.source().storage());
        KeysFile seen = read(source, route);
        // What stands recorded is what was there before the first try, which may have made the directory already.
        String before = run.recordBefore(effect(route), seen.describe());
        SourcePlace place = new SourcePlace(seen.home() + "/.hubferry/" + route.migration());
        installServe(source, route, run, place);
        check(source, place, fence);
        String entry = entry(route, place, publicKey);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            AuthorizedKeys now = AuthorizedKeys.parse(seen.content());
            AuthorizedKeys wanted = now.with(
                    route.migration().value(),
                    entry,
                    before.contains("\"file\":false"),
                    before.contains("\"directory\":false"));
            if (wanted.equals(now) || write(source, route, run, seen, wanted, place.path() + "/serve")) {
                return;
            }
            seen = read(source, route);
        }
        throw busy(source, seen);
    }

    void withdraw(Route route, CommandRun run) throws InterruptedException {
        RemoteShell source = hosts.shell(route.source().storage());
        KeysFile seen = read(source, route);
        SourcePlace place = new SourcePlace(seen.home() + "/.hubferry/" + route.migration());
        run.ensureHeld();
        removeServe(source, seen, place);
        seen = read(source, route);
        for (int attempt = 0; !removeLine(source, route, run, seen); attempt++) {
            if (attempt >= TRIES) {
                throw busy(source, seen);
            }
            seen = read(source, route);
        }
        run.ensureHeld();
        removePlace(source, place);
        run.forget(effect(route));
    }

    @Failpoint("storage.keys.remove-serve")
    private static void removeServe(RemoteShell source, KeysFile seen, SourcePlace place) throws InterruptedException {
        source.require(HostCommand.script("serve-remove", seen.path(), place.path() + "/serve")
                .asLogin());
    }

    @Failpoint("storage.keys.remove-place")
    private static void removePlace(RemoteShell source, SourcePlace place) throws InterruptedException {
        source.require(HostCommand.script("close-source", place.path()));
    }

    private static void check(RemoteShell source, SourcePlace place, Fence fence) throws InterruptedException {
        try {
            fence.check();
        } catch (Refusal e) {
            if (e.rejected().code() == ErrorCode.ROUTE_NOT_OPEN) {
                // Nobody will close it once more.
                removePlace(source, place);
            }
            throw e;
        }
    }

    @Failpoint("storage.keys.remove-line")
    private boolean removeLine(RemoteShell source, Route route, CommandRun run, KeysFile seen)
            throws InterruptedException {
        Optional<AuthorizedKeys.After> after =
                AuthorizedKeys.parse(seen.content()).without(route.migration().value());
        if (after.isEmpty()) {
            return true;
        }
        return switch (after.get()) {
            case AuthorizedKeys.After.Keep(AuthorizedKeys rest) -> write(source, route, run, seen, rest, "none");
            case AuthorizedKeys.After.Remove(boolean directoryToo) -> {
                run.ensureHeld();
                HostCommand remove = HostCommand.script(
                                "keys-remove", seen.path(), seen.sha256(), directoryToo ? "yes" : "no")
                        .asLogin();
                yield succeeded(source, source.run(remove));
            }
        };
    }

    @Failpoint("storage.keys.write")
    private boolean write(
            RemoteShell source, Route route, CommandRun run, KeysFile seen, AuthorizedKeys wanted, String serve)
            throws InterruptedException {
        byte[] bytes = wanted.bytes();
        run.ensureHeld();
        HostCommand write = HostCommand.script(
                        "keys-write",
                        seen.path(),
                        seen.sha256(),
                        String.valueOf(bytes.length),
                        route.migration().value(),
                        serve)
                .asLogin();
        return succeeded(source, source.run(write, bytes));
    }

    private static boolean succeeded(RemoteShell source, HostResult result) {
        if (result.exit() == CLOSED) {
            throw new Superseded("the route was closed on " + source.label() + " while it was being opened");
        }
        if (result.exit() != 0 && result.exit() != CHANGED) {
            throw result.unexpected(source.label());
        }
        return result.exit() == 0;
    }

    @Failpoint("storage.keys.install")
    private void installServe(RemoteShell source, Route route, CommandRun run, SourcePlace place)
            throws InterruptedException {
        boolean sudo = hosts.server(route.source().storage()).sudo() == StorageServer.Sudo.SUDO;
        FileBundle files = new FileBundle();
        files.add(
                "serve",
                HostScripts.text("serve")
                        .replace("@MIGRATION@", route.migration().value())
                        .replace("@SUDO@", sudo ? "sudo -n -- " : "")
                        .replace("@DIRECTORY@", HostCommand.quote(place.path())));
        files.add(
                "rsyncd.conf",
                HostScripts.file("rsyncd.conf")
                        .replace("@HOMES@", route.source().path()));
        files.add(
                "stream",
                HostScripts.text("stream")
                        .replace("@MIGRATION@", route.migration().value())
                        .replace("@DIRECTORY@", HostCommand.quote(place.path()))
                        .replace("@HOMES@", HostCommand.quote(route.source().path())));
        run.ensureHeld();
        source.require(
                HostCommand.script("open-source", place.path(), String.valueOf(files.bytes().length))
                        .asLogin(),
                files.bytes());
    }

    private String entry(Route route, SourcePlace place, String publicKey) {
        String peer = hosts.server(route.target().storage()).peerAddress();
        String command = "exec sh " + HostCommand.quote(place.path() + "/serve");
        return "restrict,from=\"%s\",command=\"%s\" %s".formatted(peer, command.replace("\"", "\\\""), publicKey);
    }

    private KeysFile read(RemoteShell source, Route route) throws InterruptedException {
        String file = hosts.server(route.source().storage()).authorizedKeysFile();
        return KeysFile.parse(
                source.require(HostCommand.script("keys-read", file).asLogin()));
    }

    private static String effect(Route route) {
        return EFFECT + route.source().storage();
    }

    private static Refusal busy(RemoteShell source, KeysFile seen) {
        return Refusal.of(
                ErrorCode.COPY_FAILED,
                "%s on %s keeps changing; it could not be edited".formatted(seen.path(), source.label()));
    }

    /**
     * The file of authorized keys as keys-read.sh prints it.
     *
     * @param home directory of the account
     * @param path of the file itself, links resolved
     * @param hasDirectory whether its directory is there
     * @param sha256 of its content, or "absent"
     * @param content empty when it is absent
     */
    private record KeysFile(String home, String path, boolean hasDirectory, String sha256, byte[] content) {
        static KeysFile parse(String text) {
            String[] parts = text.split("\n", 4);
            boolean present = parts[2].startsWith("file ");
            return new KeysFile(
                    utf8(parts[0]),
                    utf8(parts[1]),
                    !parts[2].equals("no-directory"),
                    present ? parts[2].substring("file ".length()) : "absent",
                    present ? parts[3].getBytes(StandardCharsets.ISO_8859_1) : new byte[0]);
        }

        /** For the effect journal. */
        String describe() {
            return "{\"directory\":%s,\"file\":%s,\"sha256\":\"%s\"}"
                    .formatted(hasDirectory, !sha256.equals("absent"), sha256);
        }

        private static String utf8(String latin) {
            return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
