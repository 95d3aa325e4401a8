package dev.hubferry.cli.http;

import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Where the API is. Every request goes below it, whatever links a server gives: the token is for this server alone.
 *
 * @param base ends with a slash; may have a path of its own, as behind a reverse proxy
 */
public record ServerUrl(URI base) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** @throws CliException USAGE when it is no such URL */
    public static ServerUrl of(String text) {
        URI url;
        try {
            url = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw wrong(text, "is no URL");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getRawUserInfo() != null) {
            // Not with the text: there may be a password in it.
            throw new CliException(
                    Exit.USAGE, "--server must have no user or password in it: put a token into --token-file");
        }
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw wrong(text, "must be like https://hubferry.example.org");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw wrong(text, "must have neither ? nor #");
        }
        String whole = url.toString();
        return new ServerUrl(URI.create(whole.endsWith("/") ? whole : whole + "/"));
    }

    /** @param path below {@code /api/v1/}, made of {@link #segment}s */
    URI api(String path) {
        return URI.create(base + "api/v1/" + path);
    }

    /** Whether tokens would go over a network unencrypted. */
    public boolean isReadableOnTheWay() {
        return "http".equalsIgnoreCase(base.getScheme()) && !LOOPBACK.contains(base.getHost());
    }

    /** A word of a person as one part of a path, whatever is in it. */
    public static String segment(String word) {
        if (word.isBlank() || word.equals(".") || word.equals("..")) {
            throw new CliException(Exit.USAGE, "'" + word + "' is no id or name");
        }
        return encoded(word);
    }

    /** For a path or a query. */
    public static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static CliException wrong(String text, String why) {
        return new CliException(Exit.USAGE, "--server (or HUBFERRY_SERVER) %s, but was '%s'".formatted(why, text));
    }
}
