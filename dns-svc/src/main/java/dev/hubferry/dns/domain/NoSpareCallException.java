package dev.hubferry.dns.domain;

import java.io.Serial;

/** No call was made, so that those that are left of an account's limit are there for migrations. */
public final class NoSpareCallException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public NoSpareCallException() {
        super("half of the API user's calls are used up; the others are kept for migrations");
    }
}
