package dev.hubferry.fakes.kubernetes.contract;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A cluster that the contract is checked against, with a namespace of the suite's own. */
public interface ClusterUnderTest extends AutoCloseable {

    /** Somebody who may do everything in the suite's namespace. */
    KubernetesClient client();

    /** Somebody who may only get and list pods in the suite's namespace. */
    KubernetesClient restrictedClient();

    String namespace();

    /** An image with a POSIX shell and coreutils. */
    String image();

    /** Removes whatever the suite made. */
    @Override
    void close();
}
