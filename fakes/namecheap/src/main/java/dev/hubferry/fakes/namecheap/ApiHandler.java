package dev.hubferry.fakes.namecheap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes a call over HTTP, lets it in or not, carries it out and lets the injected faults happen. */
final class ApiHandler implements HttpHandler {

    private static final int METHOD_NOT_ALLOWED = 405;

    private final FakeNamecheapConfig.Account account;
    private final CallLimits limits;
    private final ZoneStore zones;
    private final HostsCommands commands;
    private final Faults faults = new Faults();
    private final Map<ApiCommand, AtomicInteger> calls = new EnumMap<>(ApiCommand.class);
    private final CountDownLatch closed = new CountDownLatch(1);

    ApiHandler(FakeNamecheapConfig config, ZoneStore zones) {
        this.account = config.account();
        this.limits = new CallLimits(config.limits(), config.clock());
        this.zones = zones;
        this.commands = new HostsCommands(zones, config.minimumTtl());
        for (ApiCommand command : ApiCommand.values()) {
            calls.put(command, new AtomicInteger());
        }
    }

    Faults faults() {
        return faults;
    }

    int calls(ApiCommand command) {
        return counter(command).get();
    }

    void close() {
        closed.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/xml.response")) {
                send(exchange, 404, "no such page");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                send(exchange, 400, "only form POST is taken here: a GET leaves the key in logs");
            } else if (!limits.admit()) {
                send(exchange, METHOD_NOT_ALLOWED, "<html><body>Method Not Allowed</body></html>");
            } else {
                answer(
                        exchange,
                        Form.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
    }

    private void answer(HttpExchange exchange, Form form) throws IOException {
        String name = form.get("Command");
        Optional<ApiCommand> command = ApiCommand.named(name);
        try {
            authenticate(form);
            call(exchange, command.orElseThrow(() -> new ApiRefusal(1010104, "Parameter Command is missing")), form);
        } catch (ApiRefusal refusal) {
            send(exchange, 200, ApiAnswer.error(name, refusal.number(), refusal.text()));
        }
    }

    private void authenticate(Form form) throws ApiRefusal {
        for (String required : List.of("ApiUser", "ApiKey", "UserName", "ClientIp")) {
            if (!form.has(required)) {
                throw new ApiRefusal(1010101, "Parameter " + required + " is missing");
            }
        }
        if (!form.get("ApiUser").equals(account.apiUser())
                || !form.get("ApiKey").equals(account.apiKey())
                || !form.get("UserName").equals(account.userName())) {
            throw new ApiRefusal(1011102, "API Key is invalid or API access has not been enabled");
        }
        if (!account.allowedClientIps().contains(form.get("ClientIp"))) {
            throw new ApiRefusal(1011150, "Invalid request IP: " + form.get("ClientIp"));
        }
    }

    private void call(HttpExchange exchange, ApiCommand command, Form form) throws IOException, ApiRefusal {
        counter(command).incrementAndGet();
        faults.takeInterlude(command).run();
        Optional<Fault> fault = faults.takeFault(command);
        if (fault.isPresent()) {
            misbehave(exchange, command, form, fault.get());
        } else {
            send(exchange, 200, ApiAnswer.ok(command.wireName(), carryOut(command, form)));
        }
    }

    private String carryOut(ApiCommand command, Form form) throws ApiRefusal {
        return switch (command) {
            case GET_HOSTS -> commands.getHosts(form);
            case GET_LIST -> commands.getList(form, account.userName());
            case SET_HOSTS -> {
                FakeZone prepared = commands.prepare(form);
                commands.store(prepared);
                yield commands.setHostsAnswer(prepared);
            }
        };
    }

    private void misbehave(HttpExchange exchange, ApiCommand command, Form form, Fault fault)
            throws IOException, ApiRefusal {
        switch (fault) {
            case Fault.ApiError(int number, String text) -> throw new ApiRefusal(number, text);
            case Fault.HttpAnswer(int status, String body) -> send(exchange, status, body);
            case Fault.LosesAnswer() -> carryOut(command, form);
            case Fault.StallsInAnswer(Duration silence) ->
                stall(exchange, ApiAnswer.ok(command.wireName(), carryOut(command, form)), silence);
            case Fault.TimesOut(Fault.Effect effect, Duration silence) -> timeOut(command, form, effect, silence);
            case Fault.StoresSomethingElse(var distortion) -> {
                FakeZone prepared = commands.prepare(form);
                commands.store(prepared.withRecords(distortion.apply(prepared.records())));
                send(exchange, 200, ApiAnswer.ok(command.wireName(), commands.setHostsAnswer(prepared)));
            }
            case Fault.LosesSrvRecords() -> {
                FakeZone prepared = commands.prepare(form);
                commands.store(prepared);
                zones.update(prepared.domain(), zone -> zone.withSrvRecords(List.of()));
                send(exchange, 200, ApiAnswer.ok(command.wireName(), commands.setHostsAnswer(prepared)));
            }
        }
    }

    private void timeOut(ApiCommand command, Form form, Fault.Effect effect, Duration silence) throws ApiRefusal {
        if (effect == Fault.Effect.APPLIED) {
            carryOut(command, form);
        }
        try {
            if (closed.await(silence.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (effect == Fault.Effect.APPLIED_LATE) {
            carryOut(command, form);
        }
    }

    private void stall(HttpExchange exchange, String body, Duration silence) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int half = bytes.length / 2;
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, half);
        exchange.getResponseBody().flush();
        try {
            if (!closed.await(silence.toMillis(), TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(bytes, half, bytes.length - half);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AtomicInteger counter(ApiCommand command) {
        return calls.computeIfAbsent(command, _ -> new AtomicInteger());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
