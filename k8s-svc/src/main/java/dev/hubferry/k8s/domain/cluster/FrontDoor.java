package dev.hubferry.k8s.domain.cluster;

import dev.hubferry.contracts.IngressAddress;

/** The way that users take to a hub. */
public interface FrontDoor {
    /**
     * Asks the address for a path under the hub's public name, whatever DNS says of that name.
     *
     * @param place by which scheme and at which port users come
     * @param address where to connect to
     * @param host the public name, for the request and for TLS
     */
    Answer get(IngressPlace place, IngressAddress address, String host, String path);

    /** What came back. */
    sealed interface Answer {
        /** @param body at most its first 4096 characters */
        record Status(int status, String body) implements Answer {}

        /** @param why in a few words */
        record Nothing(String why) implements Answer {}
    }
}
