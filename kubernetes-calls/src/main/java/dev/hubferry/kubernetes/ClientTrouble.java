package dev.hubferry.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why an API server did not do what was asked, without what it or the client says itself: that may quote what was sent. */
public final class ClientTrouble {
    private ClientTrouble() {}

    /** A clause such as {@code its API server did not answer in time}. */
    public static String inOwnWords(KubernetesClientException e) {
        if (e.getCode() > 0) {
            return "its API server answered HTTP " + e.getCode();
        }
        Throwable root = e;
        for (Throwable cause = e; cause != null && cause.getCause() != cause; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the name of its API server has no address";
            }
            if (cause instanceof ConnectException) {
                return "its API server cannot be connected to";
            }
            if (cause instanceof SSLException) {
                return "its API server does not speak TLS, or its certificate is not trusted";
            }
            if (cause instanceof TimeoutException || cause instanceof java.io.InterruptedIOException) {
                return "its API server did not answer in time";
            }
            root = cause;
        }
        return "the connection to its API server failed (%s)"
                .formatted(root.getClass().getSimpleName());
    }
}
