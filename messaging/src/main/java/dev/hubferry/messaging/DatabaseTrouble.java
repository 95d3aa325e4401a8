package dev.hubferry.messaging;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why the database does not let this service in, and what to do; never a secret. */
final class DatabaseTrouble {
    private static final String RIGHTS = "deploy/postgres/roles.sql gives each service what it needs";

    private DatabaseTrouble() {}

    /**
     * @param url the setting quarkus.datasource.jdbc.url
     * @param user who asked to be let in
     */
    static String of(SQLException failure, String url, String user) {
        String server = "the database at " + withoutParameters(url);
        String state = String.valueOf(failure.getSQLState());
        String trust = "the file that sslrootcert names in quarkus.datasource.jdbc.url";
        return CertificateTrouble.in(failure, trust)
                .map(trouble -> server + " cannot be trusted: " + trouble)
                .orElseGet(() -> server + " " + bySqlState(state, failure.getMessage(), user));
    }

    private static String bySqlState(String state, @Nullable String message, String user) {
        return switch (state) {
            case "28P01" ->
                "does not let the role %s in (%s): give the role this password, or put the right one into quarkus.datasource.password and restart this service"
                        .formatted(user, message);
            case "28000" ->
                "has no rule that lets the role %s in (%s): add sslmode=verify-full to quarkus.datasource.jdbc.url if it says no encryption, else the role, or a line to pg_hba.conf"
                        .formatted(user, message);
            case "3D000" -> "is not there (%s): create it; %s".formatted(message, RIGHTS);
            case "42501" -> "does not allow the role %s what it needs (%s): %s".formatted(user, message, RIGHTS);
            default ->
                "does not answer as it should (SQLSTATE %s, %s): see whether it runs, and whether quarkus.datasource.jdbc.url is right"
                        .formatted(state, message);
        };
    }

    /** Parameters may hold a password. */
    private static String withoutParameters(String url) {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
