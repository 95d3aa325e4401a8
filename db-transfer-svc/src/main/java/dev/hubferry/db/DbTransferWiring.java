package dev.hubferry.db;

import dev.hubferry.db.adapter.disk.PrivateWorkplace;
import dev.hubferry.db.adapter.kubernetes.ClusterClients;
import dev.hubferry.db.adapter.kubernetes.ClusterProbe;
import dev.hubferry.db.adapter.kubernetes.KubernetesClusterChecks;
import dev.hubferry.db.adapter.kubernetes.KubernetesHubInspector;
import dev.hubferry.db.adapter.kubernetes.PodDatabaseCarrier;
import dev.hubferry.db.adapter.kubernetes.PodLimits;
import dev.hubferry.db.adapter.sqlite.SqliteDatabaseDoctor;
import dev.hubferry.db.config.DbTransferConfig;
import dev.hubferry.db.domain.CheckDatabase;
import dev.hubferry.db.domain.ClusterChecks;
import dev.hubferry.db.domain.DatabaseCarrier;
import dev.hubferry.db.domain.DatabaseDoctor;
import dev.hubferry.db.domain.HubInspector;
import dev.hubferry.db.domain.RestoreTargetDatabase;
import dev.hubferry.db.domain.TransferDatabase;
import dev.hubferry.db.domain.Workplace;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the parts together. */
@ApplicationScoped
class DbTransferWiring {
    @Produces
    @Singleton
    ClusterClients clusterClients(DbTransferConfig config, MeterRegistry registry, Traces traces) {
        Map<String, ClusterClients.Access> clusters = config.clusters().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new ClusterClients.Access(
                                entry.getValue().kubeconfig(), entry.getValue().context())));
        return new ClusterClients(clusters, config.connectTimeout(), config.requestTimeout(), registry, traces);
    }

    void close(@Disposes ClusterClients clients) {
        clients.close();
    }

    @Produces
    @Singleton
    PrivateWorkplace workplace(DbTransferConfig config) {
        return PrivateWorkplace.at(config.workDirectory());
    }

    void close(@Disposes PrivateWorkplace workplace) {
        workplace.close();
    }

    @Produces
    @Singleton
    HubInspector hubInspector(ClusterClients clients) {
        return new KubernetesHubInspector(clients);
    }

    @Produces
    @Singleton
    DatabaseCarrier databaseCarrier(ClusterClients clients, DbTransferConfig config) {
        return new PodDatabaseCarrier(clients, limits(config.helperPod()));
    }

    @Produces
    @Singleton
    ClusterProbe clusterProbe(ClusterClients clients, DbTransferConfig config) {
        return new ClusterProbe(clients, limits(config.helperPod()));
    }

    @Produces
    @Singleton
    ClusterChecks clusterChecks(ClusterClients clients) {
        return new KubernetesClusterChecks(clients);
    }

    private static PodLimits limits(DbTransferConfig.HelperPodConfig pod) {
        return new PodLimits(
                pod.deadline(),
                pod.readyTimeout(),
                pod.goneTimeout(),
                pod.operationTimeout(),
                pod.attempts(),
                pod.cpuRequest(),
                pod.memoryRequest(),
                pod.memoryLimit());
    }

    @Produces
    @Singleton
    DatabaseDoctor databaseDoctor() {
        return new SqliteDatabaseDoctor();
    }

    @Produces
    @Singleton
    CheckDatabase checkDatabase(
            HubInspector inspector, DatabaseCarrier carrier, Workplace workplace, DatabaseDoctor doctor) {
        return new CheckDatabase(inspector, carrier, workplace, doctor);
    }

    @Produces
    @Singleton
    TransferDatabase transferDatabase(
            HubInspector inspector, DatabaseCarrier carrier, Workplace workplace, DatabaseDoctor doctor) {
        return new TransferDatabase(inspector, carrier, workplace, doctor);
    }

    @Produces
    @Singleton
    RestoreTargetDatabase restoreTargetDatabase(HubInspector inspector, DatabaseCarrier carrier) {
        return new RestoreTargetDatabase(inspector, carrier);
    }
}
