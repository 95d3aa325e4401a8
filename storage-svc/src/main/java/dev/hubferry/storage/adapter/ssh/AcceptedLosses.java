package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.storage.domain.Route;
import java.util.EnumSet;
import java.util.Set;

/** Which of the losses that were accepted there are: those that the target's file system, or new owners, leave no choice about. */
final class AcceptedLosses {
    private AcceptedLosses() {}

    /** The host is asked only when something was accepted. */
    static Set<HomesConsent> of(RemoteShell target, Route route) throws InterruptedException {
        Set<HomesConsent> consents = route.options().consents();
        if (consents.isEmpty()) {
            return Set.of();
        }
        String parent = TargetPlaces.of(route).parent();
        HostFacts.Directory place = HostFacts.parse(
                        target.require(HostCommand.script("facts", parent.isEmpty() ? "/" : parent)))
                .directories()
                .getFirst();
        Set<HomesConsent> losses = EnumSet.noneOf(HomesConsent.class);
        for (HomesConsent consent : consents) {
            boolean lost = switch (consent) {
                case LOSE_ATTRIBUTES -> !place.keepsAttributes();
                // rsync gives the new owner to users and groups in ACLs, too, but not always; so ACLs cannot come
                // along.
                case LOSE_ACLS ->
                    !place.keepsAcls() || route.options().ownership().isPresent();
            };
            if (lost) {
                losses.add(consent);
            }
        }
        return losses;
    }
}
