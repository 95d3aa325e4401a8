package dev.hubferry.dns.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * What is different between two states of a zone, each record as often as it is.
 *
 * @param gone records that only the first has
 * @param come records that only the second has
 */
public record ZoneDifference(List<ZoneRecord> gone, List<ZoneRecord> come, String mailBefore, String mailAfter) {

    public ZoneDifference {
        gone = List.copyOf(gone);
        come = List.copyOf(come);
    }

    public boolean isEmpty() {
        return gone.isEmpty() && come.isEmpty() && mailBefore.equals(mailAfter);
    }

    /** One line for people: {@code - hub 300 A 192.0.2.1; + hub 300 A 192.0.2.2}. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        gone.forEach(record -> lines.add("- " + record));
        come.forEach(record -> lines.add("+ " + record));
        if (!mailBefore.equals(mailAfter)) {
            lines.add("mail " + mailBefore + " -> " + mailAfter);
        }
        return lines.isEmpty() ? "nothing" : String.join("; ", lines);
    }
}
