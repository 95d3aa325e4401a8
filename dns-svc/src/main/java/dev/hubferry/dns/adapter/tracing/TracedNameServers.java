package dev.hubferry.dns.adapter.tracing;

import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.NameServers;
import dev.hubferry.trace.Traces;
import java.util.List;
import java.util.Map;

/** Tells what is asked of the zone's name servers as a part of the command that asks for it. */
public final class TracedNameServers implements NameServers {
    private final NameServers servers;
    private final String connection;
    private final Traces traces;

    /** @param connection the zone's name in specs */
    public TracedNameServers(NameServers servers, String connection, Traces traces) {
        this.servers = servers;
        this.connection = connection;
        this.traces = traces;
    }

    @Override
    public List<Server> of(DomainName zone) throws InterruptedException {
        try (Traces.Call call = traces.call("name-servers find", Map.of("hubferry.connection", connection))) {
            try {
                return servers.of(zone);
            } catch (DnsAccessException e) {
                call.failed(e.code().name());
                throw e;
            }
        }
    }

    @Override
    public Answer ask(Server server, DomainName name, String type) throws InterruptedException {
        try (Traces.Call call = traces.call("name-server ask", Map.of("hubferry.connection", connection))) {
            Answer answer = servers.ask(server, name, type);
            switch (answer) {
                case Answer.Authoritative _ -> call.say("hubferry.outcome", "OK");
                case Answer.NotAuthoritative _ -> call.failed("NOT_AUTHORITATIVE");
                case Answer.Silent _ -> call.failed("NO_ANSWER");
            }
            return answer;
        }
    }
}
