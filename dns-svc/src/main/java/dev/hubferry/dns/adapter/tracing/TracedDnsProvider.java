package dev.hubferry.dns.adapter.tracing;

import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DnsProvider;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.NoSpareCallException;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.trace.Traces;
import java.util.Map;

/** Tells reads and writes of a zone, waits for a free call within, as parts of the command that asks for them. */
public final class TracedDnsProvider implements DnsProvider {
    private final DnsProvider provider;
    private final String connection;
    private final Traces traces;

    /** @param connection the zone's name in specs */
    public TracedDnsProvider(DnsProvider provider, String connection, Traces traces) {
        this.provider = provider;
        this.connection = connection;
        this.traces = traces;
    }

    private interface Question<T> {
        T ask(Traces.Call call) throws InterruptedException;
    }

    @Override
    public Reading read(DomainName zone) throws InterruptedException {
        return traced("zone read", call -> {
            Reading reading = provider.read(zone);
            call.say("hubferry.outcome", "OK");
            return reading;
        });
    }

    @Override
    public Written replace(Zone expected, Zone wanted, Gate gate) throws InterruptedException {
        return traced("zone write", call -> {
            Written written = provider.replace(expected, wanted, gate);
            switch (written) {
                case Written.Accepted() -> call.say("hubferry.outcome", "OK");
                case Written.Unknown(String _) -> call.failed("IN_DOUBT");
                case Written.NotSent(var why) -> call.failed(why.code().name());
            }
            return written;
        });
    }

    private <T> T traced(String name, Question<T> question) throws InterruptedException {
        try (Traces.Call call = traces.call(name, Map.of("hubferry.connection", connection))) {
            try {
                return question.ask(call);
            } catch (DnsAccessException e) {
                call.failed(e.code().name());
                throw e;
            } catch (NoSpareCallException e) {
                call.failed("NO_SPARE_CALL");
                throw e;
            }
        }
    }
}
