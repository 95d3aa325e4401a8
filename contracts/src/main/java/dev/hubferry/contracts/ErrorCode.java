package dev.hubferry.contracts;

import static dev.hubferry.contracts.ErrorCategory.NEEDS_OPERATOR;
import static dev.hubferry.contracts.ErrorCategory.PERMANENT;
import static dev.hubferry.contracts.ErrorCategory.TRANSIENT;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Every expected failure, each with the category that decides what the saga does about it. */
public enum ErrorCode {
    /** The service met something that it has no name for, or that a newer version has one for; its log has the rest. */
    @JsonEnumDefaultValue
    UNEXPECTED(TRANSIENT),
    /** The orchestrator withdrew the command. */
    CANCELLED(PERMANENT),
    /** The command never reached its participant, or its answer never came back. */
    MESSAGE_LOST(TRANSIENT),
    /** The spec or a command asks for something that is not configured or not allowed. */
    SPEC_INVALID(PERMANENT),
    /** The spec names a connection that the service has no configuration for. */
    CONNECTION_UNKNOWN(PERMANENT),
    /** Several checks failed; each is listed as a problem. */
    CHECKS_FAILED(PERMANENT),

    SSH_UNREACHABLE(TRANSIENT),
    SSH_AUTH_FAILED(NEEDS_OPERATOR),
    HOST_KEY_CHANGED(NEEDS_OPERATOR),
    TOOL_MISSING(NEEDS_OPERATOR),
    NOT_PRIVILEGED(NEEDS_OPERATOR),
    HOMES_NOT_FOUND(NEEDS_OPERATOR),
    HOMES_LAYOUT_UNKNOWN(NEEDS_OPERATOR),
    HOMES_EXIST_ON_TARGET(NEEDS_OPERATOR),
    SOURCE_EMPTY(NEEDS_OPERATOR),
    SOURCE_UNREADABLE(NEEDS_OPERATOR),
    TARGET_FULL(NEEDS_OPERATOR),
    TOO_MANY_DELETIONS(NEEDS_OPERATOR),
    ATTRIBUTES_UNSUPPORTED(NEEDS_OPERATOR),
    ROUTE_NOT_OPEN(PERMANENT),
    COPY_FAILED(TRANSIENT),
    TREES_DIFFER(PERMANENT),
    SOURCE_CHANGED(PERMANENT),

    CLUSTER_UNREACHABLE(TRANSIENT),
    CLUSTER_AUTH_FAILED(NEEDS_OPERATOR),
    PERMISSION_MISSING(NEEDS_OPERATOR),
    HUB_NOT_FOUND(NEEDS_OPERATOR),
    HUB_AMBIGUOUS(NEEDS_OPERATOR),
    STORAGE_MISMATCH(NEEDS_OPERATOR),
    STORAGE_PER_USER(NEEDS_OPERATOR),
    HOME_PATHS_DIFFER(NEEDS_OPERATOR),
    INGRESS_NOT_FOUND(NEEDS_OPERATOR),
    PODS_NOT_GONE(NEEDS_OPERATOR),
    HUB_NOT_READY(NEEDS_OPERATOR),
    HELPER_POD_NOT_READY(TRANSIENT),
    SMOKE_TEST_FAILED(PERMANENT),
    FENCE_BROKEN(PERMANENT),

    DATABASE_KIND_UNSUPPORTED(NEEDS_OPERATOR),
    DATABASE_NOT_FOUND(NEEDS_OPERATOR),
    DATABASE_CORRUPT(NEEDS_OPERATOR),
    DATABASE_IN_USE(NEEDS_OPERATOR),
    DATABASE_TOO_NEW(NEEDS_OPERATOR),
    DATABASE_SCHEMA_UNKNOWN(NEEDS_OPERATOR),
    DATABASE_TARGET_HAS_USERS(NEEDS_OPERATOR),
    AUTH_STATE_WOULD_BE_LOST(NEEDS_OPERATOR),
    TRANSFER_CORRUPT(TRANSIENT),

    DNS_UNREACHABLE(TRANSIENT),
    DNS_RATE_LIMITED(TRANSIENT),
    DNS_AUTH_FAILED(NEEDS_OPERATOR),
    ZONE_NOT_MANAGED(NEEDS_OPERATOR),
    ZONE_MAIL_MANAGED(NEEDS_OPERATOR),
    ZONE_CHANGED(TRANSIENT),
    ZONE_WRITE_WRONG(NEEDS_OPERATOR),
    RECORD_NOT_AS_EXPECTED(NEEDS_OPERATOR),
    NOT_PROPAGATED(TRANSIENT);

    private final ErrorCategory category;

    ErrorCode(ErrorCategory category) {
        this.category = category;
    }

    /** What the saga does about it. */
    public ErrorCategory category() {
        return category;
    }
}
