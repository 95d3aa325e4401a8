package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.k8s.domain.cluster.IngressPlace;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to reach one cluster.
 *
 * @param kubeconfig the file; read when the cluster is first asked for
 * @param context the file's current context when absent
 * @param hubService the JupyterHub service whose token may be used to list users
 */
public record ClusterAccess(Path kubeconfig, Optional<String> context, IngressPlace ingress, String hubService) {}
