package dev.hubferry.k8s.domain.cluster;

import java.util.List;

/** By which names volumes know the storage connections. */
public interface StorageServers {
    /** The NFS servers' names and addresses; empty when the connection is not configured. */
    List<String> of(String connection);
}
