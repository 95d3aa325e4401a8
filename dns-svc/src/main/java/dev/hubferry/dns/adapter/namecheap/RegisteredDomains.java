package dev.hubferry.dns.adapter.namecheap;

import com.google.common.net.InternetDomainName;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out how a domain was registered: {@code example.co.uk} is {@code example} under {@code co.uk}, not under {@code uk}. */
final class RegisteredDomains {

    /** What calls about hosts are addressed to. */
    record Split(String sld, String tld) {
        DomainName domain() {
            return DomainName.of(sld + "." + tld);
        }
    }

    private static final int PAGE_SIZE = 100;
    private static final int PAGES_LIMIT = 1_000;

    private final NamecheapApi api;
    private final Map<DomainName, Split> known = new ConcurrentHashMap<>();

    RegisteredDomains(NamecheapApi api) {
        this.api = api;
    }

    /**
     * The registration of a zone.
     *
     * @throws DnsAccessException when {@code zone} is not itself a registered domain, or the account's domains cannot be listed
     */
    Split of(DomainName zone) throws InterruptedException {
        Split before = known.get(zone);
        if (before != null) {
            return before;
        }
        Split split = listed(zone).orElseGet(() -> byPublicSuffix(zone));
        if (!split.domain().equals(zone)) {
            throw new DnsAccessException(
                    ErrorCode.SPEC_INVALID,
                    "the zone " + zone + " is part of the registered domain " + split.domain() + "; configure that");
        }
        known.put(zone, split);
        return split;
    }

    /** The account's domain that is the zone or holds it. */
    private Optional<Split> listed(DomainName zone) throws InterruptedException {
        Set<DomainName> domains = new HashSet<>();
        for (int page = 1; page <= PAGES_LIMIT; page++) {
            XmlElement answer = api.read(
                    "namecheap.domains.getList",
                    Map.of("Page", Integer.toString(page), "PageSize", Integer.toString(PAGE_SIZE)));
            int before = domains.size();
            for (XmlElement domain : answer.all("Domain")) {
                domain.attribute("Name").map(DomainName::of).ifPresent(domains::add);
            }
            if (domains.contains(zone) || domains.size() == before || domains.size() >= total(answer)) {
                break;
            }
        }
        // A registered domain has one label of its own, whatever follows is what it was registered under.
        return domains.stream()
                .filter(zone::isWithin)
                .max(Comparator.comparingInt(domain -> domain.value().length()))
                .map(domain -> domain.value().split("\\.", 2))
                .map(parts -> new Split(parts[0], parts[1]));
    }

    private static int total(XmlElement answer) {
        return answer.first("TotalItems")
                .map(XmlElement::text)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(Integer.MAX_VALUE);
    }

    private static Split byPublicSuffix(DomainName zone) {
        try {
            InternetDomainName registered =
                    InternetDomainName.from(zone.value()).topDomainUnderRegistrySuffix();
            String suffix = registered.parent().toString();
            return new Split(registered.parts().getFirst(), suffix);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new DnsAccessException(
                    ErrorCode.ZONE_NOT_MANAGED, "the account has no domain that holds the zone " + zone, e);
        }
    }
}
