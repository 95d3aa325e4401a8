package dev.hubferry.storage.domain;

import java.util.Map;
import java.util.Set;

/** Finding out whether storage servers answer. */
public interface ServerChecks {
    /** The servers that this service is configured with. */
    Set<String> names();

    /**
     * Finds out whether a server shows the host key that is pinned for it and lets the service log in.
     *
     * @return what is worth knowing about it, by name
     * @throws Refusal SSH_UNREACHABLE, HOST_KEY_CHANGED, SSH_AUTH_FAILED
     */
    Map<String, String> check(String name) throws InterruptedException;
}
