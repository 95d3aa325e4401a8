package dev.hubferry.orchestrator.saga;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.orchestrator.saga.AuditEntry.Fact;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Chains the entries of a migration's audit, and finds out whether somebody has changed them. */
public final class AuditChain {
    private AuditChain() {}

    /**
     * The end of a chain as it is kept beside the migration.
     *
     * @param sequence of the last entry; 0 when there is none
     * @param hash of the last entry; empty when there is none
     */
    public record End(long sequence, String hash) {
        public static final End OF_NONE = new End(0, "");
    }

    /** What a look at a chain found. */
    public sealed interface Verdict {
        record Intact() implements Verdict {}

        /**
         * @param sequence the first entry that is not as it was written
         * @param reason one sentence
         */
        record Tampered(long sequence, String reason) implements Verdict {}
    }

    /** The next entry behind {@code end}. */
    public static AuditEntry next(End end, Fact fact) {
        long sequence = end.sequence() + 1;
        return new AuditEntry(sequence, fact, hash(end.hash(), sequence, fact));
    }

    /** Whether {@code entries}, in their order, are all that was ever written, and as it was written. */
    public static Verdict verify(List<AuditEntry> entries, End end) {
        End reached = End.OF_NONE;
        for (AuditEntry entry : entries) {
            AuditEntry expected = next(reached, entry.fact());
            if (entry.sequence() != expected.sequence()) {
                return new Verdict.Tampered(expected.sequence(), "the entry is missing");
            }
            if (!entry.hash().equals(expected.hash())) {
                return new Verdict.Tampered(
                        entry.sequence(), "the entry, or the one before it, is not as it was written");
            }
            reached = new End(entry.sequence(), entry.hash());
        }
        return reached.equals(end)
                ? new Verdict.Intact()
                : new Verdict.Tampered(reached.sequence() + 1, "the chain ends at another entry than was written last");
    }

    private static String hash(String before, long sequence, Fact fact) {
        MessageDigest digest = sha256();
        for (String part : List.of(
                before,
                Long.toString(sequence),
                fact.scope().key(),
                fact.at().toString(),
                fact.principal(),
                fact.action(),
                fact.detail(),
                fact.outcome())) {
            byte[] bytes = part.getBytes(UTF_8);
            // Each part behind its length, so that no two entries look alike.
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
