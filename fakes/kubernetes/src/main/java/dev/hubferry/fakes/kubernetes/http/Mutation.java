package dev.hubferry.fakes.kubernetes.http;

/**
 * One request that took effect.
 *
 * @param verb create, update, patch, delete or deletecollection; an exec counts as create
 * @param resource such as {@code services} or {@code deployments/scale}
 */
public record Mutation(String user, String verb, String resource, String namespace, String name) {}
