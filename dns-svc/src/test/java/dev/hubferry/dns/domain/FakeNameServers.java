package dev.hubferry.dns.domain;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Name servers that serve what the test gives each of them. */
final class FakeNameServers implements NameServers {

    static final Server FIRST = new Server("dns1", new InetSocketAddress("127.0.0.4", 53));
    static final Server SECOND = new Server("dns2", new InetSocketAddress("127.0.0.5", 53));

    private final DomainName domain;
    private final Map<Server, Supplier<Zone>> views = new HashMap<>();
    private final Map<Server, Answer> instead = new HashMap<>();
    private Set<ServiceRecord> services = Set.of();
    private int rounds;

    FakeNameServers(DomainName domain, Supplier<Zone> view) {
        this.domain = domain;
        views.put(FIRST, view);
        views.put(SECOND, view);
    }

    /** From now on this server serves that. */
    void serves(Server server, Supplier<Zone> view) {
        views.put(server, view);
    }

    /** From now on this server answers everything so. */
    void answers(Server server, Answer answer) {
        instead.put(server, answer);
    }

    void answersWell(Server server) {
        instead.remove(server);
    }

    void services(Set<ServiceRecord> replacement) {
        services = replacement;
    }

    int rounds() {
        return rounds;
    }

    @Override
    public List<Server> of(DomainName zone) {
        return List.of(FIRST, SECOND);
    }

    @Override
    public Answer ask(Server server, DomainName name, String type) {
        rounds++;
        Answer other = instead.get(server);
        if (other != null) {
            return other;
        }
        Set<Served> found = new LinkedHashSet<>();
        services.stream()
                .filter(service -> type.equals("SRV") && service.name().equals(name))
                .forEach(service -> found.add(new Served("SRV", service.value(), 300)));
        Supplier<Zone> view = views.get(server);
        if (view != null) {
            view.get().at(name.hostIn(domain)).stream()
                    .filter(record ->
                            record.type().equals(type) || record.type().equals("CNAME"))
                    .forEach(record -> found.add(new Served(record.type(), record.value(), record.ttlSeconds())));
        }
        return new Answer.Authoritative(found);
    }
}
