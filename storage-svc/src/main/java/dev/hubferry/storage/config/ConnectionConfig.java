package dev.hubferry.storage.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** One storage connection: a server whose homes are reached by ssh. */
public interface ConnectionConfig {
    /** The server's address for this service. */
    String host();

    /** The port of its sshd. */
    @WithDefault("22")
    int port();

    /** The account to log in with: root, or one that may use sudo without a password. */
    String user();

    /** The mounted file with the account's private key, without passphrase. */
    Path privateKeyFile();

    /** The file with the server's pinned host keys, in the format of OpenSSH; a server with any other key is refused. */
    Path knownHostsFile();

    /** Whether what needs root is run with {@code sudo -n}. */
    @WithDefault("none")
    Sudo sudo();

    /** The address from which the server's connections reach the other server, and by which it is reached from there; without it, the host. */
    Optional<String> peerAddress();

    /** The port of its sshd for the other server; without it, the port. */
    OptionalInt peerPort();

    /** The local address that its connections to the other server leave from; without it, the peer address; {@code any} behind a NAT. */
    Optional<String> bindAddress();

    /** The account's file of authorized keys, absolute or relative to its home directory. */
    @WithDefault(".ssh/authorized_keys")
    String authorizedKeysFile();

    /** How root's rights are got. */
    enum Sudo {
        NONE,
        SUDO
    }
}
