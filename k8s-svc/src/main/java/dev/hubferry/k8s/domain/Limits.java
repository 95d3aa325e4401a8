package dev.hubferry.k8s.domain;

import java.time.Duration;

/**
 * How long to wait before a step fails.
 *
 * @param podsGone until deleted pods are gone; covers their grace period
 * @param hubReady until a started hub answers its readiness probe
 * @param serviceGone until a deleted Service is gone
 * @param homesProbe until the pod that looks at the homes has ended
 * @param live until the opened hub answers through the cluster's way in
 */
public record Limits(Duration podsGone, Duration hubReady, Duration serviceGone, Duration homesProbe, Duration live) {}
