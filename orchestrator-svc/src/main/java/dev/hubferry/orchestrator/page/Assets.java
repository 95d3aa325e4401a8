package dev.hubferry.orchestrator.page;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where the page's style and scripts are; what changes gets another URL, so that browsers may keep what they have. */
@Singleton
public final class Assets {
    private static final int VERSION = 12;

    private final String css = versioned("/ui/assets/app.css", "ui/assets/app.css");
    private final String script = versioned("/ui/assets/app.js", "ui/assets/app.js");
    private final String icon = versioned("/ui/assets/icon.svg", "ui/assets/icon.svg");
    private final String live = versioned("/ui/assets/live.js", "ui/assets/live.js");
    private final String migrationCss = versioned("/ui/assets/migration.css", "ui/assets/migration.css");
    private final String htmx =
            versioned("/webjars/htmx.org/dist/htmx.min.js", "webjars/htmx.org/2.0.4/dist/htmx.min.js");

    public String css() {
        return css;
    }

    public String script() {
        return script;
    }

    public String icon() {
        return icon;
    }

    /** The script of the page of one migration. */
    public String live() {
        return live;
    }

    /** The style of the page of one migration. */
    public String migrationCss() {
        return migrationCss;
    }

    public String htmx() {
        return htmx;
    }

    private static String versioned(String url, String resource) {
        try (InputStream content =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("META-INF/resources/" + resource)) {
            if (content == null) {
                throw new IllegalStateException("the page lacks " + resource);
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return url + "?v=" + HexFormat.of().formatHex(hash).substring(0, VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("the page's " + resource + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
