package dev.hubferry.sandbox.world;

import java.nio.file.Path;

/** The five services. */
public enum Service {
    ORCHESTRATOR("orchestrator-svc"),
    STORAGE("storage-svc"),
    K8S("k8s-svc"),
    DATABASE("db-transfer-svc"),
    DNS("dns-svc");

    private final String module;

    Service(String module) {
        this.module = module;
    }

    /** The service's name, which is its Maven module's. */
    public String module() {
        return module;
    }

    /** Where the build puts the service, below the project's root. */
    Path application(Path projectRoot) {
        return projectRoot.resolve(module).resolve("target/quarkus-app");
    }
}
