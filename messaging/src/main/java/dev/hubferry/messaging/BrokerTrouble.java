package dev.hubferry.messaging;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Says in a sentence why a broker does not let this service do its work, and what to do; never a secret.
 *
 * @param text for a log and a health answer
 * @param passing whether it may pass by itself, as a broker that is away does
 */
record BrokerTrouble(String text, boolean passing) {
    private static final Pattern USER = Pattern.compile("\\busername\\s*=\\s*[\"']?([^\"';\\s]+)");
    private static final String RIGHTS = "deploy/kafka/access.yaml has all rights that it needs";

    static BrokerTrouble of(Throwable thrown, Map<String, Object> connection) {
        Throwable failure =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String broker = "the broker at " + connection.get("bootstrap.servers");
        return switch (failure) {
            case UnsupportedSaslMechanismException e ->
                lasting(broker + " does not know the mechanism: set kafka.sasl.mechanism to one that it has ("
                        + e.getMessage() + ")");
            case SaslAuthenticationException e ->
                lasting(
                        broker + " does not let " + user(connection) + " in (" + e.getMessage()
                                + "): give the user this password there, or put the right one into kafka.sasl.jaas.config and restart this service");
            case SslAuthenticationException e -> lasting(broker + " cannot be trusted: " + certificate(e, connection));
            case TimeoutException e -> silent(broker, connection);
            default -> new BrokerTrouble(broker + " does not answer as it should: " + failure, true);
        };
    }

    /** @param verb such as write */
    static BrokerTrouble mayNot(Map<String, Object> connection, String verb, String what) {
        return lasting("the broker at %s does not allow %s to %s %s: allow it there; %s"
                .formatted(connection.get("bootstrap.servers"), user(connection), verb, what, RIGHTS));
    }

    private static BrokerTrouble lasting(String text) {
        return new BrokerTrouble(text, false);
    }

    /** A listener with TLS does not answer who speaks without, nor the other way round. */
    private static BrokerTrouble silent(String broker, Map<String, Object> connection) {
        Object protocol =
                Optional.ofNullable(connection.get("security.protocol")).orElse("PLAINTEXT");
        return new BrokerTrouble(
                "%s does not answer: see whether it runs, whether this address is right, and whether its listener speaks %s, which is this service's kafka.security.protocol"
                        .formatted(broker, protocol),
                true);
    }

    private static String certificate(SslAuthenticationException failure, Map<String, Object> connection) {
        Object trust = connection.get("ssl.truststore.location");
        return CertificateTrouble.in(
                        failure,
                        trust == null
                                ? "a file that kafka.ssl.truststore.location names"
                                : "kafka.ssl.truststore.location=" + trust)
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private static String user(Map<String, Object> connection) {
        Matcher user = USER.matcher(String.valueOf(connection.get("sasl.jaas.config")));
        return user.find() ? "the user " + user.group(1) : "this service, which names no user,";
    }
}
