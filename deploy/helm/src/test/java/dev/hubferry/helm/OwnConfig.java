package dev.hubferry.helm;

import dev.hubferry.db.config.DbTransferConfig;
import dev.hubferry.dns.config.DnsConfig;
import dev.hubferry.k8s.config.K8sConfig;
import dev.hubferry.messaging.ConnectionWatchConfig;
import dev.hubferry.messaging.MessagingConfig;
import dev.hubferry.orchestrator.config.AuthConfig;
import dev.hubferry.orchestrator.config.ConnectionsConfig;
import dev.hubferry.orchestrator.config.LimitsConfig;
import dev.hubferry.orchestrator.config.PlansConfig;
import dev.hubferry.orchestrator.config.RatesConfig;
import dev.hubferry.orchestrator.config.RequestsConfig;
import dev.hubferry.orchestrator.config.SagaConfig;
import dev.hubferry.orchestrator.config.WebhookDeliveryConfig;
import dev.hubferry.orchestrator.config.WebhooksConfig;
import dev.hubferry.storage.config.StorageConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of services, read as a service reads them at its start. */
final class OwnConfig {
    private static final int BUILT_IN = 250;
    private static final int MOUNTED = 300;

    private OwnConfig() {}

    /** Fails as the service would: for a name that nobody knows, a value that is none, and one that is missing. */
    static SmallRyeConfig read(Services service, Properties mounted) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(source(service.builtIn(), BUILT_IN), source(mounted, MOUNTED))
                .addDefaultInterceptors()
                .addDiscoveredConverters();
        mappings(service).forEach(builder::withMapping);
        return builder.build();
    }

    /** The names of all its settings, with stars where people choose one. */
    static Set<String> names(Services service) {
        return mappings(service)
                .map(ConfigMappings.ConfigClass::configClass)
                .flatMap(mapping -> ConfigMappings.getProperties(mapping).keySet().stream())
                .collect(Collectors.toSet());
    }

    private static Stream<Class<?>> mappings(Services service) {
        return Stream.concat(Stream.of(MessagingConfig.class, ConnectionWatchConfig.class), of(service).stream());
    }

    private static List<Class<?>> of(Services service) {
        return switch (service) {
            case ORCHESTRATOR ->
                List.of(
                        AuthConfig.class,
                        ConnectionsConfig.class,
                        LimitsConfig.class,
                        PlansConfig.class,
                        RatesConfig.class,
                        RequestsConfig.class,
                        SagaConfig.class,
                        WebhookDeliveryConfig.class,
                        WebhooksConfig.class);
            case STORAGE -> List.of(StorageConfig.class);
            case K8S -> List.of(K8sConfig.class);
            case DB_TRANSFER -> List.of(DbTransferConfig.class);
            case DNS -> List.of(DnsConfig.class);
        };
    }

    private static PropertiesConfigSource source(Properties properties, int ordinal) {
        return new PropertiesConfigSource(properties, "properties of " + ordinal, ordinal);
    }
}
