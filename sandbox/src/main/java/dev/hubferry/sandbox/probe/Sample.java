package dev.hubferry.sandbox.probe;

import java.time.Instant;

/**
 * One look at the hub from outside; one line of prober.jsonl.
 *
 * @param at when the look was over
 * @param address what the name server answered: an IP, or a host name of a CNAME; empty when it did not
 * @param status the HTTP status of the front door there; 0 when nothing answered
 * @param hub the name that the front door gives itself; empty when it gave none
 */
public record Sample(Instant at, String address, int status, String hub) {
    /** Whether a user would have got in: 2xx. */
    public boolean reached() {
        return status >= 200 && status < 300;
    }
}
