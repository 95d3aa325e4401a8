package dev.hubferry.dns.adapter.namecheap;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.DnsAccessException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Makes single calls of the API: form POST, within the account's budget, never repeated. */
public final class NamecheapApi implements AutoCloseable {

    /** What came of a call. */
    sealed interface Result {
        /** @param root of an answer with status OK */
        record Ok(XmlElement root) implements Result {}

        /** The call certainly had no effect. */
        record Failed(ErrorCode code, String why) implements Result {}

        /** The call was sent, but whether it had an effect is unknown. */
        record InDoubt(String why) implements Result {}
    }

    /** How much later than the headers at the latest the rest of an answer may come. */
    private static final Duration BODY_TIME = Duration.ofMillis(500);

    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final NamecheapAccount account;
    private final CallBudget budget;
    private final Duration timeout;
    private final HttpClient http;

    /** @param timeout for a whole call, answer included */
    public NamecheapApi(NamecheapAccount account, CallBudget budget, Duration timeout) {
        this.account = account;
        this.budget = budget;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A call that may be made now. */
    @FunctionalInterface
    interface Call {
        Result send() throws InterruptedException;
    }

    /** Waits until the account's budget allows this call. */
    Call prepare(String command, Map<String, String> parameters) throws InterruptedException {
        String key = account.readKey();
        budget.take();
        HttpRequest request = HttpRequest.newBuilder(account.url())
                .timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(command, parameters, key)))
                .build();
        return () -> send(request, key);
    }

    private Result send(HttpRequest request, String key) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            // The request's own timeout ends with the headers of the answer; it speaks first, because it knows whether
            // there was a connection.
            return withoutKey(read(answer.get(timeout.plus(BODY_TIME).toNanos(), TimeUnit.NANOSECONDS)), key);
        } catch (ExecutionException e) {
            return unanswered(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return unanswered(e);
        } finally {
            answer.cancel(true);
        }
    }

    private Result unanswered(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? new Result.Failed(ErrorCode.DNS_UNREACHABLE, "cannot connect to " + account.url())
                : new Result.InDoubt("no answer from " + account.url() + " ("
                        + cause.getClass().getSimpleName() + ")");
    }

    /** The root of the answer to a call that changes nothing. */
    XmlElement read(String command, Map<String, String> parameters) throws InterruptedException {
        return switch (prepare(command, parameters).send()) {
            case Result.Ok(XmlElement root) -> root;
            case Result.Failed(ErrorCode code, String why) -> throw new DnsAccessException(code, why);
            case Result.InDoubt(String why) -> throw new DnsAccessException(ErrorCode.DNS_UNREACHABLE, why);
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static Result read(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == OK) {
            return readXml(response.body());
        }
        // 405 is the API's way to say that there were too many calls.
        if (status == METHOD_NOT_ALLOWED || status == TOO_MANY_REQUESTS) {
            return new Result.Failed(
                    ErrorCode.DNS_RATE_LIMITED, "the API takes no more calls for now (HTTP " + status + ")");
        }
        String why = "the API answered HTTP " + status;
        return status >= SERVER_ERRORS ? new Result.InDoubt(why) : new Result.Failed(ErrorCode.DNS_UNREACHABLE, why);
    }

    private static Result readXml(String body) {
        try {
            XmlElement root = XmlElement.parse(body);
            String status = root.attribute("Status").orElse("");
            if (!root.name().equalsIgnoreCase("ApiResponse") || status.isEmpty()) {
                return new Result.InDoubt("the API's answer is not one of its own");
            }
            return status.equalsIgnoreCase("OK") ? new Result.Ok(root) : error(root);
        } catch (IOException e) {
            return new Result.InDoubt("the API's answer cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Result error(XmlElement root) {
        XmlElement error = root.first("Error").orElse(root);
        int number = error.attribute("Number").map(NamecheapApi::number).orElse(0);
        String why = "the API answered error " + number + ": " + error.text();
        return NamecheapErrors.leavesDoubt(number)
                ? new Result.InDoubt(why)
                : new Result.Failed(NamecheapErrors.code(number), why);
    }

    private static int number(String text) {
        return text.strip().matches("[0-9]{1,9}") ? Integer.parseInt(text.strip()) : 0;
    }

    /** The provider might repeat the key in its error text. */
    private static Result withoutKey(Result result, String key) {
        return switch (result) {
            case Result.Ok ok -> ok;
            case Result.Failed(ErrorCode code, String why) -> new Result.Failed(code, why.replace(key, "***"));
            case Result.InDoubt(String why) -> new Result.InDoubt(why.replace(key, "***"));
        };
    }

    private String form(String command, Map<String, String> parameters, String key) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("ApiUser", account.apiUser());
        all.put("ApiKey", key);
        all.put("UserName", account.userName());
        all.put("ClientIp", account.clientIp());
        all.put("Command", command);
        all.putAll(parameters);
        return all.entrySet().stream()
                .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
