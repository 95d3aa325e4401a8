package dev.hubferry.helm;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the chart is rendered with in tests that hold for whatever is chosen. */
final class Options {
    static final String MINIMAL = Chart.HUBFERRY.values("minimal");
    static final String EVERYTHING = Chart.HUBFERRY.values("everything");

    private Options() {}

    /** By a word for each: the least, each option alone, and all at once. */
    static Map<String, Rendered> rendered() {
        Map<String, Rendered> found = new LinkedHashMap<>();
        found.put("minimal", Chart.HUBFERRY.render(MINIMAL));
        options().forEach((word, values) -> found.put(word, Chart.HUBFERRY.render(MINIMAL, values)));
        found.put("everything", Chart.HUBFERRY.render(EVERYTHING));
        return found;
    }

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("strimzi", "strimzi: {enabled: true, cluster: events}");
        options.put("cloudnativepg", "cloudnativepg: {enabled: true}");
        options.put("one database server", "cloudnativepg: {enabled: true, instances: 1}");
        options.put("keda", "keda: {enabled: true}");
        options.put("pod monitor", "prometheus: {podMonitor: {enabled: true}}");
        options.put("rules", "prometheus: {rules: {enabled: true}}");
        options.put("dashboard", "grafana: {dashboard: {enabled: true}}");
        options.put(
                "ingress",
                "ingress: {enabled: true, host: hubferry.example.org, tlsSecret: tls, trustedProxies: [10.42.0.0/16]}");
        options.put("no network policies", "networkPolicy: {enabled: false}");
        options.put("plain Kafka", "kafka: {tls: {enabled: false}, sasl: {enabled: false}}");
        options.put("plain Postgres", "postgres: {sslMode: disable}");
        options.put("one replica", "orchestrator: {replicas: 1}");
        return options;
    }
}
