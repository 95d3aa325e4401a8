package dev.hubferry.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, as W3C's {@code traceparent} says it.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether spans of the trace are kept
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /** The header of commands and replies. */
    public static final String HEADER = "traceparent";

    /** The same of public events, as an attribute of CloudEvents. */
    public static final String EVENT_HEADER = "ce_traceparent";

    /** Of versions after 00 only the beginning is known. */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-[!-~]{0,200})?");

    /** Empty for what is no traceparent: whoever sent it may not be able to help it, and work goes on without. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(header);
        if (!parts.matches() || (parts.group(1).equals("00") && parts.group(5) != null)) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(parts.group(4), 16) & 1) == 1;
        return Optional.of(new TraceParent(parts.group(2), parts.group(3), sampled));
    }

    /** What a record came with. */
    public static Optional<TraceParent> of(ConsumerRecord<?, ?> received) {
        Header header = received.headers().lastHeader(HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : parse(new String(header.value(), StandardCharsets.US_ASCII));
    }

    public String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /**
     * A place of the same trace that has the same id whoever asks for it and when: so what is told of it at its end, by another process
     * perhaps, is what others have named as their parent from its beginning on.
     *
     * @param what its name, unique in the trace
     */
    public TraceParent named(String what) {
        byte[] hash = sha256(traceId + "/" + what);
        String id = HexFormat.of().formatHex(hash, 0, 8);
        return new TraceParent(traceId, id.equals("0000000000000000") ? "0000000000000001" : id, sampled);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
