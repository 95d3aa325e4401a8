package dev.hubferry.k8s.domain.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * A user as the hub lists it.
 *
 * @param name the raw name
 * @param lastActivity empty when the user was never active, or the hub does not say
 */
public record HubUser(String name, Optional<Instant> lastActivity) {}
