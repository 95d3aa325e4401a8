package dev.hubferry.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tokens for the REST API, one for each role and one for all of them.
 *
 * @param byRole token by role: viewer, operator, approver, all
 * @param file what orchestrator-svc reads: hashes only
 */
public record WorldTokens(Map<String, String> byRole, Path file) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String EVERY_ROLE = "viewer,operator,approver";

    public WorldTokens {
        byRole = Map.copyOf(byRole);
    }

    static WorldTokens make(Path file) {
        Map<String, String> tokens = new LinkedHashMap<>();
        StringBuilder lines = new StringBuilder();
        Map<String, String> rolesOf = new LinkedHashMap<>();
        rolesOf.put("viewer", "viewer");
        rolesOf.put("operator", "operator");
        rolesOf.put("approver", "approver");
        rolesOf.put("all", EVERY_ROLE);
        rolesOf.forEach((name, roles) -> {
            String token = random();
            tokens.put(name, token);
            lines.append("sandbox-%s %s sha256:%s%n".formatted(name, roles, hash(token)));
        });
        try {
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return new WorldTokens(tokens, file);
    }

    /** The token with every role. */
    public String all() {
        return of("all");
    }

    /** The token of a role. */
    public String of(String role) {
        String token = byRole.get(role);
        if (token == null) {
            throw new IllegalArgumentException("no token for " + role);
        }
        return token;
    }

    /** Writes each token to a file of its role's name that only its owner can read, for tools that take no token as an argument. */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> token : byRole.entrySet()) {
            Path tokenFile = folder.resolve(token.getKey());
            Files.deleteIfExists(tokenFile);
            Files.createFile(tokenFile, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(tokenFile, token.getValue());
        }
    }

    private static String random() {
        byte[] token = new byte[24];
        new SecureRandom().nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "WorldTokens[***]";
    }
}
