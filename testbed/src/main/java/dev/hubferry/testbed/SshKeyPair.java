package dev.hubferry.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ed25519 key pair in OpenSSH's file format, made by ssh-keygen.
 *
 * @param privateKey file with the private key, without passphrase, mode 0600; the public key stands beside it as .pub
 */
public record SshKeyPair(Path privateKey) {

    /** Makes a new pair; an old file of that name is replaced. */
    public static SshKeyPair generate(Path privateKey, String comment) {
        try {
            Files.createDirectories(privateKey.toAbsolutePath().getParent());
            Files.deleteIfExists(privateKey);
            List<String> command =
                    List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", privateKey.toString());
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new TestbedException("ssh-keygen failed: " + output);
            }
            return new SshKeyPair(privateKey);
        } catch (IOException e) {
            throw new UncheckedIOException("ssh-keygen did not run; it belongs to openssh-client", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted in ssh-keygen", e);
        }
    }

    /** The line for authorized_keys: type, key, comment. */
    public String publicLine() {
        try {
            return Files.readString(Path.of(privateKey + ".pub")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no public key beside " + privateKey, e);
        }
    }
}
