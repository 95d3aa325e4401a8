package dev.hubferry.orchestrator.adapter.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface HostResolver {
    /** May block for as long as the system's resolver does. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** By the system. */
    static HostResolver ofSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
