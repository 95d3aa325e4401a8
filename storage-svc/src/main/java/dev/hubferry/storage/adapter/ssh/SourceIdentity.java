package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.HomesRef;

/** Which tree of homes on which server: an ownership marker says it, so that only homes from the same source are adopted. */
final class SourceIdentity {
    private SourceIdentity() {}

    static String of(SshHosts hosts, HomesRef source) {
        String key = PinnedHostKey.knownHosts(hosts.server(source.storage())).fingerprints().stream()
                .sorted()
                .findFirst()
                .orElse("unknown");
        return source.path() + " on " + key;
    }
}
