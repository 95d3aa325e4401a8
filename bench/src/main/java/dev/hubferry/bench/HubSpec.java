package dev.hubferry.bench;

/** Specs for hubs that share connections, and nothing else. */
final class HubSpec {
    static final String OLD_CLUSTER = "old";
    static final String NEW_CLUSTER = "new";
    static final String OLD_STORAGE = "nfs-old";
    static final String NEW_STORAGE = "nfs-new";
    static final String ZONE = "example";

    private HubSpec() {}

    /** A right spec, without a soak; the migration is called like the hub. */
    static String of(String hub) {
        return """
                {
                  "name": "%1$s",
                  "source": {"cluster": "old", "namespace": "%1$s"},
                  "target": {"cluster": "new", "namespace": "%1$s"},
                  "homes": {
                    "source": {"storage": "nfs-old", "path": "/export/homes/%1$s"},
                    "target": {"storage": "nfs-new", "path": "/export/homes/%1$s"}
                  },
                  "dns": {"zone": "example", "name": "%1$s.example.org", "cutoverTtl": "300s"},
                  "approvals": {"expiry": "1h"},
                  "soak": "0s"
                }
                """.formatted(hub);
    }
}
