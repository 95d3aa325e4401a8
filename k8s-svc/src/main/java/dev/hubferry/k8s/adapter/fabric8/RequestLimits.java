package dev.hubferry.k8s.adapter.fabric8;

import java.time.Duration;

/**
 * How requests to API servers are made.
 *
 * @param timeout for one request, answer included
 * @param retries how often a request that met 429, a server error or a broken connection is sent again
 */
public record RequestLimits(Duration timeout, Duration connectTimeout, int retries) {}
