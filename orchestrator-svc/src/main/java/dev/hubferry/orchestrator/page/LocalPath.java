package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.PageAccess;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A path of the page that somebody comes back to; what names another server is none. */
final class LocalPath {
    static final String HOME = "/ui/migrations";
    private static final int LONGEST = 2000;

    private LocalPath() {}

    /** {@code wanted} when it is a page here, else the list of migrations. */
    static String orHome(@Nullable String wanted) {
        return Optional.ofNullable(wanted).filter(LocalPath::isLocal).orElse(HOME);
    }

    /** The path and query of a URL of this page, as htmx sends the one that it is on. */
    static String ofUrl(@Nullable String url) {
        try {
            URI uri = new URI(url == null ? "" : url);
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return orHome(uri.getRawPath() + query);
        } catch (URISyntaxException e) {
            return HOME;
        }
    }

    static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private static boolean isLocal(String path) {
        // Browsers take \\ for / and leave out tabs and line breaks.
        return path.startsWith(PageAccess.ROOT + "/")
                && path.length() <= LONGEST
                && !path.startsWith(PageAccess.SIGN_IN)
                && !path.contains("//")
                && !path.contains("..")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }
}
