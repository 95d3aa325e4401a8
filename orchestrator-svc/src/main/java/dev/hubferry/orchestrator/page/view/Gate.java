package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.Notice;
import java.util.List;
import java.util.Optional;

/**
 * A gate that waits for a person, with what that person should know.
 *
 * @param asks what it asks
 * @param unanswered what happens when nobody answers
 * @param found what the rows before it found
 * @param next what will be done when it is approved, up to the next gate
 * @param outlook how long the hub's users will wait for the final pass, at the gate before it
 * @param consents what is accepted to be lost
 * @param hint why there is no form to approve it
 */
public record Gate(
        String name,
        String asks,
        Moment since,
        Moment expiresAt,
        String unanswered,
        List<Found.Line> found,
        List<Next> next,
        Optional<Outlooks> outlook,
        List<Notice> notices,
        List<String> consents,
        Optional<String> hint,
        List<Form> forms) {

    /** @param users what they notice of it */
    public record Next(String row, String does, Optional<String> users, boolean pivot) {}
}
