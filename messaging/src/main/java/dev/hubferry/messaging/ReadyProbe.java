package dev.hubferry.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A program that asks the service beside it whether it is ready: an image has a JRE, and nothing else that speaks HTTP.
 *
 * <p>It takes the port as its argument, prints what the service says, and ends with 0 when that is ready, 1 when it is
 * not, and 2 when it was called wrongly.
 */
public final class ReadyProbe {
    private static final int LIMIT_MILLIS = 3000;
    private static final int SHOWN_BYTES = 2000;

    private ReadyProbe() {}

    public static void main(String[] arguments) {
        System.exit(ask(arguments));
    }

    static int ask(String... arguments) {
        if (arguments.length != 1 || !arguments[0].matches("[0-9]{1,5}")) {
            System.err.println("ReadyProbe needs one argument, the port of the service, such as 8080");
            return 2;
        }
        String url = "http://127.0.0.1:" + arguments[0] + "/q/health/ready";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream answer = ready ? connection.getInputStream() : connection.getErrorStream()) {
                if (answer != null) {
                    System.out.println(new String(answer.readNBytes(SHOWN_BYTES), StandardCharsets.UTF_8));
                }
            }
            return ready ? 0 : 1;
        } catch (IOException e) {
            System.out.println(url + " does not answer: " + e.getMessage());
            return 1;
        }
    }
}
