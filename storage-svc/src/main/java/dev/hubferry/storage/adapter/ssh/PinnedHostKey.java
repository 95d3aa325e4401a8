package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Accepts the host keys that are pinned for a storage server and no other, and remembers one that it refused. */
final class PinnedHostKey implements HostKeyVerifier {
    private final StorageServer server;
    private final KnownHosts known;
    private @Nullable String refused;

    private PinnedHostKey(StorageServer server, KnownHosts known) {
        this.server = server;
        this.known = known;
    }

    /** @throws Refusal SPEC_INVALID when the known-hosts file cannot be read */
    static PinnedHostKey of(StorageServer server) {
        return new PinnedHostKey(server, knownHosts(server));
    }

    /** The keys that are pinned for this server. */
    static KnownHosts knownHosts(StorageServer server) {
        try {
            return KnownHosts.read(server.knownHostsFile(), server.host(), server.port());
        } catch (IOException e) {
            throw Refusal.of(
                    ErrorCode.CONNECTION_UNKNOWN,
                    "the known-hosts file of %s cannot be read: %s".formatted(server.name(), server.knownHostsFile()),
                    e);
        }
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        String type = KeyType.fromKey(key).toString();
        byte[] encoded = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        String base64 = Base64.getEncoder().encodeToString(encoded);
        boolean pinned = known.keys().contains(new KnownHosts.HostKey(type, base64));
        refused = pinned ? null : KnownHosts.fingerprint(encoded);
        return pinned;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return known.types();
    }

    /** Why the host was refused; empty when its key was not the reason. */
    Optional<Refusal> refusal() {
        if (refused == null) {
            return Optional.empty();
        }
        String pinned = known.keys().isEmpty()
                ? "no key is pinned for it in " + server.knownHostsFile()
                : "pinned is " + String.join(", ", known.fingerprints());
        return Optional.of(Refusal.of(
                ErrorCode.HOST_KEY_CHANGED,
                "%s shows the host key %s, but %s".formatted(server.label(), refused, pinned)));
    }
}
