package dev.hubferry.bench.homes;

/** Where storage-svc stands, when there is a long link between the hosts. */
enum Standing {
    /** It has a short way to each host. */
    BETWEEN,
    /** It has a short way to the target, and reaches the source over the long link. */
    TARGET
}
