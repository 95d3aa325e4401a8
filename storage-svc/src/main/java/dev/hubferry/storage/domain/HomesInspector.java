package dev.hubferry.storage.domain;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;

/** Looks at both storage servers without changing anything. */
public interface HomesInspector {
    /**
     * Collects what can be known; what a host lacks is a problem in the answer, not an exception.
     *
     * @param options what is not moved is not counted as if it were
     * @throws Refusal when a storage connection is not configured
     */
    Inspection inspect(HomesRef source, HomesRef target, HomesOptions options) throws InterruptedException;
}
