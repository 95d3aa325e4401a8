package dev.hubferry.dns.domain;

import dev.hubferry.contracts.Problem;
import java.util.Optional;
import java.util.Set;

/** Where a zone is kept and edited. */
public interface DnsProvider {

    /**
     * A zone as it stands.
     *
     * @param served whether the provider's own name servers answer for the zone; if not, editing it is without effect
     * @param dynamicHosts hosts whose address somebody else's client keeps up to date
     */
    record Reading(Zone zone, boolean served, Set<String> dynamicHosts) {
        public Reading {
            dynamicHosts = Set.copyOf(dynamicHosts);
        }
    }

    /** What is known after a write. */
    sealed interface Written {
        /** The provider says that it is done. */
        record Accepted() implements Written {}

        /**
         * It may have taken effect, may do so soon, or never: only reading the zone tells.
         *
         * @param why for people
         */
        record Unknown(String why) implements Written {}

        /** The gate was shut: nothing was sent. */
        record NotSent(Problem why) implements Written {}
    }

    /** The last question before a write leaves. */
    @FunctionalInterface
    interface Gate {
        /** Why the write may not be sent; empty when it may, which holds for this moment only. */
        Optional<Problem> refusal() throws InterruptedException;
    }

    /**
     * Reads the whole zone.
     *
     * @throws DnsAccessException when it cannot be read
     */
    Reading read(DomainName zone) throws InterruptedException;

    /**
     * Replaces the zone, which is {@code expected}, by {@code wanted}; a provider that can refuses a zone that is not as expected.
     * Never tried twice here. Whatever may take time comes first, such as waiting for a call to be free; then {@code gate} is asked, and
     * the write is sent at once.
     *
     * @throws DnsAccessException when it certainly had no effect
     */
    Written replace(Zone expected, Zone wanted, Gate gate) throws InterruptedException;
}
