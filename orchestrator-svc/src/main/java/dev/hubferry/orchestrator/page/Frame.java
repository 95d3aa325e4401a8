package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.Role;
import java.util.List;

/**
 * What is around every page.
 *
 * @param section the entry of the menu that is marked
 * @param caller who is signed in; empty when nobody is
 * @param roles what that one may do, as the token file has it
 * @param csrf to be sent with every form, as the field {@code csrf}
 */
public record Frame(Section section, String caller, List<String> roles, String csrf, Assets assets) {
    public Frame {
        roles = List.copyOf(roles);
    }

    public boolean signedIn() {
        return !caller.isEmpty();
    }

    public boolean operator() {
        return roles.contains(Role.OPERATOR);
    }

    public boolean approver() {
        return roles.contains(Role.APPROVER);
    }

    /** For the menu. */
    public boolean in(String name) {
        return section.name().equals(name);
    }
}
