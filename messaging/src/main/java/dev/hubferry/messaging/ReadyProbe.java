package dev.hubferry.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A program that asks the service beside it whether it is ready: an image has a JRE, and nothing else that speaks HTTP.
 *
 * <p>It takes the port as its argument, prints what the service says, and ends with 0 when that is ready, else with 1.
 */
public final class ReadyProbe {
    private static final int LIMIT_MILLIS = 3000;
    private static final int SHOWN_BYTES = 2000;

    private ReadyProbe() {}

    public static void main(String[] arguments) {
        System.out.println(ask(arguments));
    }

    /** What the service says; throws when it is not ready. */
    static String ask(String... arguments) {
        if (arguments.length != 1 || !arguments[0].matches("[0-9]{1,5}")) {
            throw new NotReadyException("it takes one argument, the port of the service, such as 8080");
        }
        String url = "http://127.0.0.1:" + arguments[0] + "/q/health/ready";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                return text(connection.getInputStream());
            }
            InputStream answer = connection.getErrorStream();
            throw new NotReadyException(url + " answers " + status + (answer == null ? "" : ": " + text(answer)));
        } catch (IOException e) {
            throw new NotReadyException(url + " does not answer: " + e.getMessage());
        }
    }

    private static String text(InputStream answer) throws IOException {
        try (answer) {
            return new String(answer.readNBytes(SHOWN_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** Ends the program with 1: services, which have this class, too, never call exit. */
    static final class NotReadyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotReadyException(String message) {
            super(message, null, false, false);
        }
    }
}
