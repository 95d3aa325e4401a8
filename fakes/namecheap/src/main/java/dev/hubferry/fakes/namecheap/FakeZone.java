package dev.hubferry.fakes.namecheap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A registered domain and everything stored about it; immutable.
 *
 * @param sld the part left of the public suffix: {@code example}
 * @param tld the public suffix, which may have several labels: {@code co.uk}
 * @param emailType {@code NONE}, {@code MX}, {@code MXE}, {@code FWD}, {@code OX} or {@code GMAIL}
 * @param standing how the domain stands in the account
 * @param records what the API knows, in the order in which {@code getHosts} answers it
 * @param srvRecords what only the name servers know
 */
public record FakeZone(
        String sld,
        String tld,
        String emailType,
        Standing standing,
        List<FakeRecord> records,
        List<FakeSrv> srvRecords) {

    /** How a domain stands in the account; everything but {@link #OURS} makes some call fail. */
    public enum Standing {
        /** Registered here and served by Namecheap's own name servers. */
        OURS,
        /** Registered here, served elsewhere: {@code getHosts} answers an empty list, {@code setHosts} error 2030288. */
        SERVED_ELSEWHERE,
        /** Known to the registrar, not in this account: error 2016166. */
        NOT_ASSOCIATED,
        /** In this account without the right to edit it: {@code setHosts} answers error 2030166. */
        READ_ONLY
    }

    public FakeZone {
        sld = sld.toLowerCase(Locale.ROOT);
        tld = tld.toLowerCase(Locale.ROOT);
        records = List.copyOf(records);
        srvRecords = List.copyOf(srvRecords);
    }

    /** An empty zone of the account, without mail. */
    public static FakeZone of(String sld, String tld) {
        return new FakeZone(sld, tld, "NONE", Standing.OURS, List.of(), List.of());
    }

    /** The domain's name, lower case, without a trailing dot. */
    public String domain() {
        return sld + "." + tld;
    }

    public FakeZone with(FakeRecord record) {
        List<FakeRecord> more = new ArrayList<>(records);
        more.add(record);
        return withRecords(more);
    }

    public FakeZone with(FakeSrv srv) {
        List<FakeSrv> more = new ArrayList<>(srvRecords);
        more.add(srv);
        return withSrvRecords(more);
    }

    public FakeZone withRecords(List<FakeRecord> replacement) {
        return new FakeZone(sld, tld, emailType, standing, replacement, srvRecords);
    }

    public FakeZone withSrvRecords(List<FakeSrv> replacement) {
        return new FakeZone(sld, tld, emailType, standing, records, replacement);
    }

    public FakeZone withEmailType(String replacement) {
        return new FakeZone(sld, tld, replacement, standing, records, srvRecords);
    }

    public FakeZone withStanding(Standing replacement) {
        return new FakeZone(sld, tld, emailType, replacement, records, srvRecords);
    }
}
