package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Who may use the REST API. */
@ConfigMapping(prefix = "hubferry.auth")
public interface AuthConfig {
    /** A file with a line {@code name role[,role] sha256:<hex of the token's SHA-256>} per token. */
    Path tokenFile();
}
