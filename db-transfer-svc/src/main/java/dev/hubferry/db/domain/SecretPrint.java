package dev.hubferry.db.domain;

import java.util.Arrays;

/**
 * Says whether two secrets are the same and nothing else: a keyed digest whose key dies with the process. Never leaves the process and
 * shows nothing of itself.
 */
public final class SecretPrint {
    private final byte[] digest;

    /** @param digest keyed with a key that only this process has */
    public SecretPrint(byte[] digest) {
        this.digest = digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretPrint that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "SecretPrint[hidden]";
    }
}
