package dev.hubferry.orchestrator.api.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks the issuer for a token in exchange for a code: the authorization code flow of OpenID Connect with PKCE (RFC 7636). Verifies nothing:
 * the token goes through the same door as one that somebody brings.
 */
final class IssuerClient {
    private static final long LONGEST_ANSWER = 256 * 1024;
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,60}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Issuer issuer;
    private final Issuer.SignIn signIn;
    private final HttpClient http;

    IssuerClient(Issuer issuer, Issuer.SignIn signIn) {
        this.issuer = issuer;
        this.signIn = signIn;
        this.http = HttpClient.newBuilder()
                .connectTimeout(issuer.times().timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Where people sign in, and where a code is exchanged. */
    private record Endpoints(URI authorization, URI token) {}

    /**
     * Where to send the browser.
     *
     * @throws IssuerTrouble when the issuer does not answer, or with something else
     */
    URI authorization(SigningIn begun) throws IssuerTrouble {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", signIn.clientId());
        query.put("redirect_uri", signIn.redirectUri().toString());
        query.put("scope", String.join(" ", signIn.scopes()));
        query.put("state", begun.state());
        query.put("code_challenge", begun.challenge());
        query.put("code_challenge_method", "S256");
        URI endpoint = endpoints().authorization();
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + form(query));
    }

    /** @throws IssuerTrouble when the issuer does not answer, refuses the code, or gives no such token */
    String token(SigningIn begun, String code) throws IssuerTrouble {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", signIn.redirectUri().toString());
        form.put("code_verifier", begun.verifier());
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoints().token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        Optional<String> secret = secret();
        if (secret.isPresent()) {
            // RFC 6749, 2.3.1: both are encoded before they are put together.
            String pair = encoded(signIn.clientId()) + ":" + encoded(secret.get());
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            form.put("client_id", signIn.clientId());
        }
        JsonNode answer = ask(request.POST(HttpRequest.BodyPublishers.ofString(form(form))), "the code");
        String field = signIn.token().field();
        if (!answer.path(field).isTextual()) {
            throw new IssuerTrouble.Refused("the issuer gave no " + field);
        }
        return answer.path(field).textValue();
    }

    private Endpoints endpoints() throws IssuerTrouble {
        String url = issuer.url().replaceAll("/$", "") + "/.well-known/openid-configuration";
        JsonNode metadata = ask(HttpRequest.newBuilder(URI.create(url)), "its own description");
        if (!metadata.path("issuer").asText().equals(issuer.url())) {
            throw new IssuerTrouble.Unanswered("what is at " + url + " describes another issuer");
        }
        return new Endpoints(endpoint(metadata, "authorization_endpoint"), endpoint(metadata, "token_endpoint"));
    }

    private static URI endpoint(JsonNode metadata, String name) throws IssuerTrouble {
        try {
            return Issuer.safeUrl(name, metadata.path(name).asText());
        } catch (IllegalArgumentException e) {
            throw new IssuerTrouble.Unanswered("the issuer's description: " + e.getMessage());
        }
    }

    private JsonNode ask(HttpRequest.Builder request, String what) throws IssuerTrouble {
        Duration timeout = issuer.times().timeout();
        try {
            HttpResponse<String> response = http.send(
                    request.timeout(timeout).build(), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
            JsonNode answer = MAPPER.readTree(response.body());
            if (response.statusCode() == 200 && answer.isObject()) {
                return answer;
            }
            if (response.statusCode() / 100 == 4) {
                throw new IssuerTrouble.Refused("the issuer refused %s: %s".formatted(what, code(answer)));
            }
            throw new IssuerTrouble.Unanswered("the issuer answered with status " + response.statusCode());
        } catch (JsonProcessingException e) {
            // Without the cause: its message may have a part of a token.
            throw new IssuerTrouble.Unanswered("the issuer answered with something that is no JSON");
        } catch (IOException e) {
            throw new IssuerTrouble.Unanswered(
                    "the issuer does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IssuerTrouble.Unanswered("the service stops");
        }
    }

    /** What is said elsewhere is shown only when it is one of the words that RFC 6749 has for it. */
    static String code(JsonNode answer) {
        return word(answer.path("error").asText());
    }

    static String word(String error) {
        return ERROR_CODE.matcher(error).matches() ? error : "without a reason";
    }

    /** Read anew each time, so that it can be changed while the service runs. */
    private Optional<String> secret() throws IssuerTrouble {
        if (signIn.clientSecretFile().isEmpty()) {
            return Optional.empty();
        }
        Path file = signIn.clientSecretFile().get();
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new IssuerTrouble.Unanswered(
                    "hubferry.auth.oidc.sign-in.client-secret-file: " + file + " cannot be read");
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
