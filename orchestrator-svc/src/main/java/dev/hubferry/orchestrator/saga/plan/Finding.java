package dev.hubferry.orchestrator.saga.plan;

/**
 * Something that stands in the way of a move.
 *
 * @param code its kind: an {@link dev.hubferry.contracts.ErrorCode}, or one of the codes of {@link Findings}
 * @param where the place: a field of the spec, a host, a path, an object of a cluster, a record of a zone
 * @param detail what was found there
 * @param remedy what to do about it
 */
public record Finding(String code, String where, String detail, String remedy) {}
