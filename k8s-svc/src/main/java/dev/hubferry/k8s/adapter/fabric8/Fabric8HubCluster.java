package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.k8s.domain.Lease;
import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.HomesProbe;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.cluster.Workload;
import java.util.List;
import java.util.Optional;

/** One cluster: what is seen, what is changed and what hubs are asked, behind one face. */
record Fabric8HubCluster(
        String name, IngressPlace ingressPlace, Fabric8View view, Fabric8Changes changes, Fabric8Talk talk)
        implements HubCluster {
    @Override
    public boolean allows(Access access) {
        return view.allows(access);
    }

    @Override
    public List<Workload> deployments(String namespace) {
        return view.deployments(namespace);
    }

    @Override
    public Optional<Workload> deployment(String namespace, String deployment) {
        return view.deployment(namespace, deployment);
    }

    @Override
    public List<Door> services(String namespace) {
        return view.services(namespace);
    }

    @Override
    public Optional<Door> service(String namespace, String service) {
        return view.service(namespace, service);
    }

    @Override
    public Optional<String> serviceManifest(String namespace, String service) {
        return view.serviceManifest(namespace, service);
    }

    @Override
    public List<Pod> pods(String namespace) {
        return view.pods(namespace);
    }

    @Override
    public Optional<Pod> pod(String namespace, String pod) {
        return view.pod(namespace, pod);
    }

    @Override
    public List<Pod> podsOfAllNamespaces() {
        return view.podsOfAllNamespaces();
    }

    @Override
    public List<Claim> claims(String namespace) {
        return view.claims(namespace);
    }

    @Override
    public List<Volume> volumes() {
        return view.volumes();
    }

    @Override
    public Optional<HubSettings> settings(Workload hub) {
        return view.settings(hub);
    }

    @Override
    public boolean isBehindIngress(String namespace, String service) {
        return view.isBehindIngress(namespace, service);
    }

    @Override
    public void hold(String namespace, String service, String migration, Lease lease) {
        changes.hold(namespace, service, migration, lease);
    }

    @Override
    public void unhold(String namespace, String service, Lease lease) {
        changes.unhold(namespace, service, lease);
    }

    @Override
    public void scale(String namespace, String deployment, int replicas, Lease lease) {
        changes.scale(namespace, deployment, replicas, lease);
    }

    @Override
    public void deleteService(Door service, Lease lease) {
        changes.deleteService(service, lease);
    }

    @Override
    public Optional<Restored> restoreService(String namespace, String manifest, Lease lease) {
        return changes.restoreService(namespace, manifest, lease);
    }

    @Override
    public void deletePod(Pod pod, Lease lease) {
        changes.deletePod(pod, lease);
    }

    @Override
    public Optional<Pod> startProbe(HomesProbe probe, Lease lease) {
        return changes.startProbe(probe, lease);
    }

    @Override
    public Optional<String> version(Pod hub, String baseUrl) {
        return talk.version(hub, baseUrl);
    }

    @Override
    public Optional<List<HubUser>> users(Workload hub, Pod pod, String baseUrl) {
        return talk.users(hub, pod, baseUrl);
    }

    @Override
    public String log(Pod pod) {
        return talk.log(pod);
    }
}
