package dev.hubferry.bench.homes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that others use for this, run on one of the hosts. */
final class PeerMover implements Mover {
    private final Hosts hosts;
    private final Peer peer;

    PeerMover(Hosts hosts, Peer peer) {
        this.hosts = hosts;
        this.peer = peer;
    }

    @Override
    public Timing move(Case what, Place place) throws InterruptedException {
        Path scratch = folder(place.folder().resolve("scratch"));
        Map<String, String> environment = Map.of(
                "FROM", place.source().toString(),
                "TO", folder(place.target()).toString(),
                "RSYNC_RSH", hosts.remoteShell(),
                "SCRATCH", scratch.toString());
        Programs.Ended ended = hosts.run(peer.runsOn(), peer.name(), peer.script(), environment)
                .orThrow();
        return new Timing(ended.seconds(), List.of());
    }

    @Override
    public void end(Place place) {
        // Nothing is left of it but its homes.
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path, e);
        }
    }
}
