package dev.hubferry.fakes.namecheap;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What {@code getHosts}, {@code setHosts} and {@code getList} do to the zones. */
final class HostsCommands {

    private static final int DEFAULT_TTL = 1_799;
    private static final int MAXIMUM_TTL = 60_000;
    private static final int DEFAULT_PAGE = 20;
    private static final int SMALLEST_PAGE = 10;
    private static final int LARGEST_PAGE = 100;
    private static final Set<String> EMAIL_TYPES = Set.of("NONE", "MX", "MXE", "FWD", "OX", "GMAIL");
    private static final Set<String> TYPES =
            Set.of("A", "AAAA", "ALIAS", "CAA", "CNAME", "FRAME", "MX", "MXE", "NS", "TXT", "URL", "URL301");
    private static final Set<String> TARGET_IS_NAME = Set.of("ALIAS", "CNAME", "MX", "NS");

    private final ZoneStore zones;
    private final int minimumTtl;
    private final AtomicLong hostIds = new AtomicLong(100);

    HostsCommands(ZoneStore zones, int minimumTtl) {
        this.zones = zones;
        this.minimumTtl = minimumTtl;
    }

    String getHosts(Form form) throws ApiRefusal {
        FakeZone zone = find(form);
        boolean ours = zone.standing() != FakeZone.Standing.SERVED_ELSEWHERE;
        ApiAnswer.Element result = ApiAnswer.Element.of(
                "DomainDNSGetHostsResult",
                "Domain",
                zone.domain(),
                "EmailType",
                zone.emailType(),
                "IsUsingOurDNS",
                Boolean.toString(ours));
        List<ApiAnswer.Element> hosts =
                ours ? zone.records().stream().map(this::host).toList() : List.of();
        return ApiAnswer.element(result, hosts);
    }

    private ApiAnswer.Element host(FakeRecord record) {
        return ApiAnswer.Element.of(
                "host",
                "HostId",
                Long.toString(hostIds.incrementAndGet()),
                "Name",
                record.host(),
                "Type",
                record.type(),
                "Address",
                record.address(),
                "MXPref",
                Integer.toString(record.mxPref()),
                "TTL",
                Integer.toString(record.ttl()),
                "AssociatedAppTitle",
                "",
                "FriendlyName",
                "",
                "IsActive",
                "true",
                "IsDDNSEnabled",
                Boolean.toString(record.dynamic()));
    }

    /** What a write would store; {@link #store} stores it. */
    FakeZone prepare(Form form) throws ApiRefusal {
        FakeZone zone = find(form);
        switch (zone.standing()) {
            case OURS -> {}
            case SERVED_ELSEWHERE ->
                throw new ApiRefusal(
                        2030288, "Cannot complete this command as this domain is not using proper DNS servers");
            case READ_ONLY -> throw new ApiRefusal(2030166, "Edit permission for domain is not supported");
            case NOT_ASSOCIATED -> throw notAssociated();
        }
        String emailType = emailType(form);
        return zone.withEmailType(emailType).withRecords(records(form, emailType));
    }

    /** Replaces the zone's records and e-mail type; SRV records stay. The order in which a zone lists its records changes. */
    void store(FakeZone prepared) {
        List<FakeRecord> reversed = new ArrayList<>(prepared.records());
        Collections.reverse(reversed);
        zones.update(
                prepared.domain(),
                zone -> zone.withEmailType(prepared.emailType()).withRecords(reversed));
    }

    String setHostsAnswer(FakeZone prepared) {
        return ApiAnswer.element(
                ApiAnswer.Element.of("DomainDNSSetHostsResult", "Domain", prepared.domain(), "IsSuccess", "true"),
                List.of());
    }

    String getList(Form form, String user) throws ApiRefusal {
        List<FakeZone> listed = zones.all().stream()
                .filter(zone -> zone.standing() != FakeZone.Standing.NOT_ASSOCIATED)
                .toList();
        int size = Math.clamp(form.number("PageSize", DEFAULT_PAGE), SMALLEST_PAGE, LARGEST_PAGE);
        int page = Math.max(form.number("Page", 1), 1);
        List<ApiAnswer.Element> domains = listed.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .map(zone -> domain(zone, user))
                .toList();
        return ApiAnswer.element(ApiAnswer.Element.of("DomainGetListResult"), domains)
                + """

                    <Paging>
                      <TotalItems>%d</TotalItems>
                      <CurrentPage>%d</CurrentPage>
                      <PageSize>%d</PageSize>
                    </Paging>""".formatted(listed.size(), page, size);
    }

    private ApiAnswer.Element domain(FakeZone zone, String user) {
        return ApiAnswer.Element.of(
                "Domain",
                "ID",
                Long.toString(hostIds.incrementAndGet()),
                "Name",
                zone.domain(),
                "User",
                user,
                "IsExpired",
                "false",
                "IsOurDNS",
                Boolean.toString(zone.standing() != FakeZone.Standing.SERVED_ELSEWHERE));
    }

    /** SLD and TLD must be split where the registry splits them: {@code example}, {@code co.uk}. */
    private FakeZone find(Form form) throws ApiRefusal {
        String sld = form.get("SLD").toLowerCase(Locale.ROOT);
        String tld = form.get("TLD").toLowerCase(Locale.ROOT);
        FakeZone zone = zones.current(sld + "." + tld)
                .filter(found -> found.sld().equals(sld) && found.tld().equals(tld))
                .orElseThrow(() -> new ApiRefusal(2019166, "Domain not found"));
        if (zone.standing() == FakeZone.Standing.NOT_ASSOCIATED) {
            throw notAssociated();
        }
        return zone;
    }

    private static ApiRefusal notAssociated() {
        return new ApiRefusal(2016166, "Domain is not associated with your account");
    }

    private static String emailType(Form form) throws ApiRefusal {
        String sent = form.has("EmailType") ? form.get("EmailType").toUpperCase(Locale.ROOT) : "NONE";
        if (!EMAIL_TYPES.contains(sent)) {
            throw new ApiRefusal(2050900, "EmailType is not valid");
        }
        return sent;
    }

    /** MX records are silently dropped unless the e-mail type says MX: this is how zones lose their mail. */
    private List<FakeRecord> records(Form form, String emailType) throws ApiRefusal {
        List<FakeRecord> records = new ArrayList<>();
        for (int i = 1; form.has("RecordType" + i) || form.has("HostName" + i); i++) {
            FakeRecord record = record(form, i);
            if (!record.type().equals("MX") || emailType.equals("MX")) {
                records.add(record);
            }
        }
        refuseSharedAlias(records);
        return records;
    }

    private FakeRecord record(Form form, int i) throws ApiRefusal {
        String type = form.get("RecordType" + i).toUpperCase(Locale.ROOT);
        String address = form.get("Address" + i);
        if (!TYPES.contains(type) || address.isEmpty() || !addressFits(type, address)) {
            throw new ApiRefusal(2050900, "INVALID_ADDRESS : '" + address + "' for record type " + type);
        }
        String stored = TARGET_IS_NAME.contains(type) && !address.endsWith(".") ? address + "." : address;
        String host = form.has("HostName" + i) ? form.get("HostName" + i) : "@";
        return new FakeRecord(host, type, stored, form.number("MXPref" + i, 10), ttl(form, i), false);
    }

    private int ttl(Form form, int i) throws ApiRefusal {
        int sent = form.number("TTL" + i, 0);
        return sent == 0 ? Math.max(DEFAULT_TTL, minimumTtl) : Math.clamp(sent, minimumTtl, MAXIMUM_TTL);
    }

    private static boolean addressFits(String type, String address) {
        return switch (type) {
            case "A" -> isIpv4(address);
            case "AAAA" -> address.contains(":");
            default -> true;
        };
    }

    private static boolean isIpv4(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet4Address;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuseSharedAlias(List<FakeRecord> records) throws ApiRefusal {
        for (FakeRecord alias : records) {
            long sharing = records.stream()
                    .filter(other -> other.host().equalsIgnoreCase(alias.host()))
                    .count();
            if (alias.type().equals("CNAME") && sharing > 1) {
                throw new ApiRefusal(
                        2050900, "INVALID_ADDRESS : '" + alias.host() + "' has a CNAME beside another record");
            }
        }
    }
}
