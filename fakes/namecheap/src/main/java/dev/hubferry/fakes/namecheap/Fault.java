package dev.hubferry.fakes.namecheap;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** What goes wrong with one call. */
public sealed interface Fault {

    /** The call answers {@code Status="ERROR"} with this number and has no effect. */
    record ApiError(int number, String text) implements Fault {}

    /** The call answers with an HTTP status and a body that is not the API's XML, and has no effect. */
    record HttpAnswer(int status, String body) implements Fault {}

    /** The caller hears nothing for {@code silence}, then the connection ends without an answer. */
    record TimesOut(Effect effect, Duration silence) implements Fault {}

    /** The call has its effect and answers 200 with the first half of its body, and the rest after {@code silence} if the caller waits. */
    record StallsInAnswer(Duration silence) implements Fault {}

    /** The call has its effect, but the connection ends before the answer. */
    record LosesAnswer() implements Fault {}

    /** {@code setHosts} answers success, but what is stored is what this makes of the records sent. */
    record StoresSomethingElse(UnaryOperator<List<FakeRecord>> distortion) implements Fault {}

    /** {@code setHosts} answers success and also loses the zone's SRV records. */
    record LosesSrvRecords() implements Fault {}

    /** Whether a call that times out was carried out. */
    enum Effect {
        NONE,
        /** Carried out at once; only the answer is missing. */
        APPLIED,
        /** Carried out when the silence ends: the caller that looks meanwhile sees the old zone. */
        APPLIED_LATE
    }
}
