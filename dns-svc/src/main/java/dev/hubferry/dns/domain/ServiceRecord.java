package dev.hubferry.dns.domain;

/**
 * A service record as a name server served it; providers may serve ones that their API neither shows nor keeps.
 *
 * @param name such as {@code _sip._tls.example.org}
 * @param value priority, weight, port and target
 */
public record ServiceRecord(DomainName name, String value) {
    @Override
    public String toString() {
        return name + " SRV " + value;
    }
}
