package dev.hubferry.dns.domain;

import dev.hubferry.contracts.ErrorCode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A provider or name server did not do what was asked of it, and nothing was changed. */
public final class DnsAccessException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;

    /** @param detail one sentence for the operator, without secrets */
    public DnsAccessException(ErrorCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    public DnsAccessException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
