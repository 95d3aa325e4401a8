package dev.hubferry.orchestrator.config;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.orchestrator.config.WebhooksConfig.Hook;
import dev.hubferry.orchestrator.webhook.AddressGuard;
import dev.hubferry.orchestrator.webhook.EventFilter;
import dev.hubferry.orchestrator.webhook.IpRange;
import dev.hubferry.orchestrator.webhook.SigningSecrets;
import dev.hubferry.orchestrator.webhook.Webhook;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes webhooks of the configuration. What is wrong with it is said with its key, and without the URL or anything of a secret. */
final class WebhooksReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_PORT = 65_535;

    private final String key;
    private final Hook hook;

    private WebhooksReader(String key, Hook hook) {
        this.key = key;
        this.hook = hook;
    }

    /**
     * Reads the files too, and asks no receiver.
     *
     * @throws IllegalArgumentException naming the key that is wrong, and what to do
     */
    static List<Webhook> read(WebhooksConfig config) {
        Map<String, Hook> sorted = new TreeMap<>(config.named());
        return sorted.entrySet().stream()
                .map(each -> new WebhooksReader("hubferry.webhooks." + each.getKey(), each.getValue())
                        .webhook(each.getKey()))
                .toList();
    }

    private Webhook webhook(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(key + ": a webhook's name is 1 to 40 of a-z, 0-9 and '-': rename it");
        }
        AddressGuard guard = new AddressGuard(
                hook.allowPrivate().orElse(List.of()).stream().map(this::range).toList());
        return new Webhook(
                name,
                url(guard),
                secrets(),
                events(),
                timeout(),
                guard,
                hook.certificates().map(this::certificates));
    }

    private URI url(AddressGuard guard) {
        URI url;
        try {
            url = new URI(hook.url().strip());
        } catch (URISyntaxException e) {
            throw wrong("url", "is no URL: at character %d, %s".formatted(e.getIndex() + 1, e.getReason()));
        }
        if (!"https".equalsIgnoreCase(url.getScheme()) && !"http".equalsIgnoreCase(url.getScheme())) {
            throw wrong("url", "is no https:// URL: write it whole");
        }
        if ("http".equalsIgnoreCase(url.getScheme()) && !hook.allowHttp()) {
            throw wrong(
                    "url",
                    "is an http:// URL, and anybody on the way could read and change what is sent: make it https://, or set %s.allow-http=true"
                            .formatted(key));
        }
        if (url.getHost() == null) {
            throw wrong(
                    "url",
                    "has no host that is one: write its name in ASCII (a name with others begins with xn--), or its address");
        }
        if (url.getRawUserInfo() != null) {
            throw wrong(
                    "url",
                    "has a user before its host, which is not sent: take it out; receivers know us by the signature");
        }
        if (url.getRawFragment() != null) {
            throw wrong("url", "has a part behind #, which is not sent: take it out");
        }
        if (url.getPort() == 0 || url.getPort() > MOST_PORT) {
            throw wrong("url", "has a port that is none: write one of 1 to 65535");
        }
        refuseAddress(url.getHost(), guard);
        return url;
    }

    /** An address stays what it is; of a name it is looked at when something is sent. */
    private void refuseAddress(String host, AddressGuard guard) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
        } catch (IllegalArgumentException e) {
            return;
        }
        guard.refusal(address).ifPresent(reason -> {
            throw wrong(
                    "url",
                    "has an address that may not be connected to: %s; if it is meant, set %s.allow-private to a range with it"
                            .formatted(reason, key));
        });
    }

    private SigningSecrets secrets() {
        Path file = hook.secretFile();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw wrong(
                    "secret-file",
                    "names %s, which cannot be read as text (%s): write the secret into it, and let this service read it"
                            .formatted(file, e.getClass().getSimpleName()));
        }
        try {
            return SigningSecrets.of(lines);
        } catch (IllegalArgumentException e) {
            throw wrong("secret-file", "names %s, which %s".formatted(file, e.getMessage()));
        }
    }

    private EventFilter events() {
        List<String> patterns =
                hook.events().orElse(List.of()).stream().map(String::strip).toList();
        List<String> types = WireTypes.all().entrySet().stream()
                .filter(type -> MigrationEvent.class.isAssignableFrom(type.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        for (String pattern : patterns) {
            if (types.stream().noneMatch(type -> EventFilter.matches(pattern, type))) {
                throw wrong(
                        "events",
                        "has '%s', which no event is: write a type, or its beginning and a star; there are %s"
                                .formatted(pattern, String.join(", ", types)));
            }
        }
        return new EventFilter(patterns);
    }

    private Duration timeout() {
        Duration timeout = hook.timeout();
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw wrong("timeout", "is %s: write one from 1 second to 1 minute".formatted(timeout));
        }
        return timeout;
    }

    private IpRange range(String text) {
        try {
            return IpRange.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw wrong("allow-private", String.valueOf(e.getMessage()));
        }
    }

    private Path certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                throw wrong("certificates", "names %s, which has no certificate: write them in PEM".formatted(file));
            }
            return file;
        } catch (IOException | CertificateException e) {
            throw wrong(
                    "certificates",
                    "names %s, which cannot be read as certificates (%s): write them in PEM"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    /** Without a cause, whose text may quote what is secret. */
    private IllegalArgumentException wrong(String part, String what) {
        return new IllegalArgumentException("%s.%s %s".formatted(key, part, what));
    }
}
