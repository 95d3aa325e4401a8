package dev.hubferry.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.AuditChain.End;
import dev.hubferry.orchestrator.saga.AuditChain.Verdict;
import dev.hubferry.orchestrator.saga.AuditEntry.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final Instant T = Instant.parse("2026-11-22T10:00:00.123456Z");

    private final List<AuditEntry> entries = new ArrayList<>();
    private final End end;

    AuditChainTest() {
        End reached = End.OF_NONE;
        for (String action : List.of("request", "pause", "resume", "abort")) {
            AuditEntry entry = AuditChain.next(reached, fact("olga", action, "why not"));
            entries.add(entry);
            reached = new End(entry.sequence(), entry.hash());
        }
        end = reached;
    }

    @Test
    void trustsWhatNobodyTouched() {
        assertThat(AuditChain.verify(entries, end)).isEqualTo(new Verdict.Intact());
        assertThat(AuditChain.verify(List.of(), End.OF_NONE)).isEqualTo(new Verdict.Intact());
    }

    @Test
    void findsEveryChangeOfAnEntry() {
        AuditEntry second = entries.get(1);
        for (Fact changed : List.of(
                fact("vera", "pause", "why not"),
                fact("olga", "resume", "why not"),
                fact("olga", "pause", "why no"),
                // The parts run together to the same text.
                fact("olga", "pausew", "hy not"),
                new Fact(new MigrationId("m-2"), T, "olga", "pause", "why not", "ACCEPTED"),
                new Fact(new MigrationId("m-1"), T.plusNanos(1000), "olga", "pause", "why not", "ACCEPTED"),
                new Fact(new MigrationId("m-1"), T, "olga", "pause", "why not", "REFUSED: no"))) {
            // When
            entries.set(1, new AuditEntry(2, changed, second.hash()));
            // Then
            assertThat(tampered()).as(changed.toString()).isEqualTo(2);
        }
    }

    @Test
    void findsAMissingEntryWhereverItWas() {
        for (int missing = 0; missing < entries.size(); missing++) {
            List<AuditEntry> rest = new ArrayList<>(entries);
            rest.remove(missing);
            assertThat(((Verdict.Tampered) AuditChain.verify(rest, end)).sequence())
                    .isEqualTo(missing + 1);
        }
    }

    @Test
    void findsAnEntryThatWasPutInWithAHashOfItsOwn() {
        // Given somebody who knows how the hash is made
        AuditEntry forged = AuditChain.next(new End(1, entries.getFirst().hash()), fact("vera", "abort", "hm"));
        // When
        entries.set(1, forged);
        // Then the next one does not fit
        assertThat(tampered()).isEqualTo(3);
    }

    @Test
    void findsAWholeChainMadeAnew() {
        // Given
        AuditEntry only = AuditChain.next(End.OF_NONE, fact("vera", "request", ""));
        // Then
        assertThat(AuditChain.verify(List.of(only), end)).isInstanceOf(Verdict.Tampered.class);
    }

    private long tampered() {
        return ((Verdict.Tampered) AuditChain.verify(entries, end)).sequence();
    }

    private static Fact fact(String principal, String action, String detail) {
        return new Fact(new MigrationId("m-1"), T, principal, action, detail, "ACCEPTED");
    }
}
