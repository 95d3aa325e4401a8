package dev.hubferry.storage.adapter.ssh;

import java.nio.file.Path;

/**
 * How one storage server is reached.
 *
 * @param name of the storage connection
 * @param host address for this service
 * @param port for this service
 * @param user account to log in with
 * @param privateKeyFile its private key, in OpenSSH's or PEM format, without passphrase
 * @param knownHostsFile pinned host keys, in OpenSSH's format
 * @param sudo whether commands that need root are run with {@code sudo -n}
 * @param peerAddress address from which its connections reach the other storage server, and by which it is reached from there
 * @param peerPort port of its sshd for the other storage server
 * @param bindAddress local address that its connections to the other server leave from, or {@link #ANY}
 * @param authorizedKeysFile of the account, relative to its home directory or absolute
 */
public record StorageServer(
        String name,
        String host,
        int port,
        String user,
        Path privateKeyFile,
        Path knownHostsFile,
        Sudo sudo,
        String peerAddress,
        int peerPort,
        String bindAddress,
        String authorizedKeysFile) {
    /** The bind address that leaves the choice to the host. */
    public static final String ANY = "any";

    /** How commands that need root are run. */
    public enum Sudo {
        /** The account is root. */
        NONE,
        /** The account may use sudo without a password. */
        SUDO
    }

    /** The host in words. */
    public String label() {
        return name + " (" + host + ":" + port + ")";
    }
}
