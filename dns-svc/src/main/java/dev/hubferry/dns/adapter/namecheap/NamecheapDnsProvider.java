package dev.hubferry.dns.adapter.namecheap;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Problem;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DnsProvider;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.dns.domain.ZoneRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Zones at Namecheap, whose only write replaces the whole zone and knows no condition. */
public final class NamecheapDnsProvider implements DnsProvider {

    /** What a record without a time to live of its own is served with. */
    private static final long DEFAULT_TTL = 1_799;

    private final NamecheapApi api;
    private final RegisteredDomains domains;

    public NamecheapDnsProvider(NamecheapApi api) {
        this.api = api;
        this.domains = new RegisteredDomains(api);
    }

    @Override
    public Reading read(DomainName zone) throws InterruptedException {
        XmlElement answer = api.read("namecheap.domains.dns.getHosts", address(zone));
        XmlElement result = answer.first("DomainDNSGetHostsResult").orElseThrow(() -> unreadable("it has no result"));
        boolean served = result.attribute("IsUsingOurDNS")
                .map(Boolean::parseBoolean)
                .orElseThrow(() -> unreadable("it does not say who serves the zone"));
        String mail = result.attribute("EmailType").orElseThrow(() -> unreadable("it has no e-mail type"));
        List<XmlElement> hosts = result.all("host");
        return new Reading(
                new Zone(
                        zone,
                        mail,
                        hosts.stream().map(NamecheapDnsProvider::record).toList()),
                served,
                dynamic(hosts));
    }

    /** {@inheritDoc} The API has no condition to make use of {@code expected}; the caller has compared just before. */
    @Override
    public Written replace(Zone expected, Zone wanted, Gate gate) throws InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>(address(wanted.domain()));
        parameters.put("EmailType", wanted.mail());
        int i = 0;
        for (ZoneRecord record : wanted.records()) {
            put(parameters, record, ++i);
        }
        NamecheapApi.Call call = api.prepare("namecheap.domains.dns.setHosts", parameters);
        Optional<Problem> refusal = gate.refusal();
        if (refusal.isPresent()) {
            return new Written.NotSent(refusal.get());
        }
        return write(call);
    }

    @Failpoint("dns.zone.write")
    private static Written write(NamecheapApi.Call call) throws InterruptedException {
        return switch (call.send()) {
            case NamecheapApi.Result.Failed(ErrorCode code, String why) -> throw new DnsAccessException(code, why);
            case NamecheapApi.Result.InDoubt(String why) -> new Written.Unknown(why);
            case NamecheapApi.Result.Ok(XmlElement root) ->
                succeeded(root) ? new Written.Accepted() : new Written.Unknown("the API did not say that it succeeded");
        };
    }

    private Map<String, String> address(DomainName zone) throws InterruptedException {
        RegisteredDomains.Split split = domains.of(zone);
        Map<String, String> address = new LinkedHashMap<>();
        address.put("SLD", split.sld());
        address.put("TLD", split.tld());
        return address;
    }

    private static void put(Map<String, String> parameters, ZoneRecord record, int i) {
        parameters.put("HostName" + i, record.host());
        parameters.put("RecordType" + i, record.type());
        parameters.put("Address" + i, record.value());
        parameters.put("TTL" + i, Long.toString(record.ttlSeconds()));
        if (record.type().equals("MX")) {
            parameters.put("MXPref" + i, Integer.toString(record.priority()));
        }
    }

    private static boolean succeeded(XmlElement root) {
        return root.first("DomainDNSSetHostsResult")
                .flatMap(result -> result.attribute("IsSuccess"))
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    private static ZoneRecord record(XmlElement host) {
        long ttl = number(host, "TTL");
        return new ZoneRecord(
                host.attribute("Name").orElse(""),
                required(host, "Type"),
                required(host, "Address"),
                ttl == 0 ? DEFAULT_TTL : ttl,
                (int) number(host, "MXPref"));
    }

    private static Set<String> dynamic(List<XmlElement> hosts) {
        return hosts.stream()
                .filter(host -> host.attribute("IsDDNSEnabled")
                        .map(Boolean::parseBoolean)
                        .orElse(false))
                .map(host -> record(host).host())
                .collect(Collectors.toSet());
    }

    private static String required(XmlElement host, String attribute) {
        return host.attribute(attribute).orElseThrow(() -> unreadable("a host has no " + attribute));
    }

    private static long number(XmlElement host, String attribute) {
        String text = host.attribute(attribute).map(String::strip).orElse("");
        if (!text.matches("[0-9]{0,9}")) {
            throw unreadable("a host's " + attribute + " is '" + text + "'");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static DnsAccessException unreadable(String why) {
        return new DnsAccessException(ErrorCode.DNS_UNREACHABLE, "the API's answer cannot be used: " + why);
    }
}
