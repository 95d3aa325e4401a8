package dev.hubferry.dns.adapter.namecheap;

import dev.hubferry.contracts.ErrorCode;
import java.util.Set;

/** What the API's error numbers mean to a migration. */
final class NamecheapErrors {

    /** Not found, not associated with the account, not on the provider's name servers. */
    private static final Set<Integer> NOT_MANAGED = Set.of(2019166, 2016166, 2030280, 2030288);

    private static final int NO_EDIT_PERMISSION = 2030166;
    private static final int TOO_MANY_REQUESTS = 500000;
    private static final int MILLION = 1_000_000;

    private NamecheapErrors() {}

    /** The first digit tells whose fault it is: 1 the credentials', 2 the request's, 3 to 5 the provider's. */
    static ErrorCode code(int number) {
        if (NOT_MANAGED.contains(number)) {
            return ErrorCode.ZONE_NOT_MANAGED;
        }
        if (number == TOO_MANY_REQUESTS) {
            return ErrorCode.DNS_RATE_LIMITED;
        }
        if (number == NO_EDIT_PERMISSION || number / MILLION == 1) {
            return ErrorCode.DNS_AUTH_FAILED;
        }
        return number / MILLION == 2 ? ErrorCode.SPEC_INVALID : ErrorCode.DNS_UNREACHABLE;
    }

    /** Whether a write that failed so may have taken effect all the same: the provider broke down while it was at it. */
    static boolean leavesDoubt(int number) {
        return code(number) == ErrorCode.DNS_UNREACHABLE;
    }
}
