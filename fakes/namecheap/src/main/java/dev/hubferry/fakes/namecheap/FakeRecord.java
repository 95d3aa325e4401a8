package dev.hubferry.fakes.namecheap;

/**
 * One host record as the API stores it.
 *
 * @param host relative to the zone, {@code "@"} for the apex; kept in the case in which it was written
 * @param type {@code A}, {@code AAAA}, {@code CNAME}, {@code MX}, {@code TXT}, {@code NS}, {@code URL}, …; upper case
 * @param address the record's value; host names carry a trailing dot once stored, as at Namecheap
 * @param mxPref the preference of an {@code MX} record; Namecheap answers 10 for the others
 * @param ttl seconds
 * @param dynamic whether the record is kept by a dynamic-DNS client; {@code setHosts} forgets it
 */
public record FakeRecord(String host, String type, String address, int mxPref, int ttl, boolean dynamic) {

    private static final int USUAL_MX_PREF = 10;

    public static FakeRecord of(String host, String type, String address, int ttl) {
        return new FakeRecord(host, type, address, USUAL_MX_PREF, ttl, false);
    }

    public static FakeRecord a(String host, String address, int ttl) {
        return of(host, "A", address, ttl);
    }

    public static FakeRecord cname(String host, String target, int ttl) {
        return of(host, "CNAME", target, ttl);
    }

    public static FakeRecord txt(String host, String text, int ttl) {
        return of(host, "TXT", text, ttl);
    }

    public static FakeRecord mx(String host, String target, int preference, int ttl) {
        return new FakeRecord(host, "MX", target, preference, ttl, false);
    }

    /** The same record, kept by a dynamic-DNS client. */
    public FakeRecord asDynamic() {
        return new FakeRecord(host, type, address, mxPref, ttl, true);
    }
}
