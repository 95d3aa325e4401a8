package dev.hubferry.orchestrator.webhook;

import dev.hubferry.contracts.Require;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A receiver of events.
 *
 * @param url where they are posted; may have a secret in its path or query, so nothing but the host is ever shown
 * @param timeout of a whole request, from the look-up of the name to the end of the answer
 * @param guard which addresses the host may have
 * @param certificates PEM file of those who may vouch for the receiver; those that the JVM trusts when it is empty
 */
public record Webhook(
        String name,
        URI url,
        SigningSecrets secrets,
        EventFilter events,
        Duration timeout,
        AddressGuard guard,
        Optional<Path> certificates) {
    public Webhook {
        Require.text(name, "name");
        Require.present(url, "url");
        Require.present(secrets, "secrets");
        Require.present(events, "events");
        Require.present(timeout, "timeout");
        Require.present(guard, "guard");
        Require.present(certificates, "certificates");
    }

    public String host() {
        return url.getHost();
    }

    @Override
    public String toString() {
        return name + " at " + host();
    }
}
