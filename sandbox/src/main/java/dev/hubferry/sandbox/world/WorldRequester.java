package dev.hubferry.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Somebody who may ask for everything by event.
 *
 * @param name {@code kid} of what is signed
 * @param privateKey PEM, for the owner of the world only
 * @param publicKey PEM, what orchestrator-svc reads
 */
public record WorldRequester(String name, Path privateKey, Path publicKey) {
    static final String ROLES = "viewer,operator,approver";
    private static final String NAME = "sandbox";

    static WorldRequester make(Path directory) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Path secret = Files.createFile(
                    directory.resolve("requester.pem"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(secret, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Path known = Files.writeString(
                    directory.resolve("requester.pub"),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            return new WorldRequester(NAME, secret, known);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the keys of a requester in " + directory, e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(encoded), what);
    }
}
