package dev.hubferry.orchestrator.api.security;

import java.util.Set;

/** What a token allows, as the words of the token file and of {@code @RolesAllowed}. */
public final class Role {
    /** Looks. */
    public static final String VIEWER = "viewer";

    /** Requests and aborts migrations. */
    public static final String OPERATOR = "operator";

    /** Answers gates. */
    public static final String APPROVER = "approver";

    public static final Set<String> ALL = Set.of(VIEWER, OPERATOR, APPROVER);

    private Role() {}
}
