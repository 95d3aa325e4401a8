package dev.hubferry.k8s.domain.cluster;

import java.util.List;
import java.util.Optional;

/** Asking a running hub through the API server, without its public Service. Fails as {@link ClusterView} does. */
public interface HubTalk {
    /** JupyterHub's version, which it tells everybody; empty when it does not answer. */
    Optional<String> version(Pod hub, String baseUrl);

    /** All users; empty when the hub has no service token that Hubferry may use, or refuses it. */
    Optional<List<HubUser>> users(Workload hub, Pod pod, String baseUrl);

    /** What a pod has printed. */
    String log(Pod pod);
}
