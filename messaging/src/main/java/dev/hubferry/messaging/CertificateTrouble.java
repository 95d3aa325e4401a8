package dev.hubferry.messaging;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with the certificate that a server has shown, and what to do. */
final class CertificateTrouble {
    private static final int DEEPEST = 20;

    private CertificateTrouble() {}

    /**
     * @param trust the setting that says whom the service believes, with its value
     * @return empty when {@code failure} has nothing to do with certificates
     */
    static Optional<String> in(Throwable failure, String trust) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            Optional<String> found = one(cause, trust);
            if (found.isPresent()) {
                return found;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Optional<String> one(Throwable cause, String trust) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException || message.contains("validity check failed")) {
            return Optional.of("its certificate has expired: give the server a new one");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return Optional.of("its certificate is not valid yet: look at the clocks of both sides");
        }
        if (message.contains("No subject alternative") || message.contains("No name matching")) {
            return Optional.of("its certificate is for another name (" + message
                    + "): connect by a name that is in it, or give the server one with this name");
        }
        if (message.contains("could not be verified by hostnameverifier")
                || message.contains("hostname verification failed")) {
            return Optional.of("its certificate is for another name"
                    + ": connect by a name that is in it, or give the server one with this name");
        }
        if (cause instanceof CertPathBuilderException) {
            return Optional.of(
                    "its certificate is signed by nobody whom this service trusts: put the certificate of its authority into "
                            + trust + ", and restart this service");
        }
        return Optional.empty();
    }
}
