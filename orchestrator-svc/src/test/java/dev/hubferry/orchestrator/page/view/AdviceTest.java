package dev.hubferry.orchestrator.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page and docs/operations/parked.md give the same advice. */
class AdviceTest {
    @ParameterizedTest
    @CsvSource({
        "seed-homes, DO, TARGET_FULL, false, false",
        "verify-homes, DO, PERMISSION_MISSING, true, false",
        "sync-final, DO, TOO_MANY_DELETIONS, true, false",
        "close-source, UNDO, PERMISSION_MISSING, true, false",
        "verify-live, DO, HUB_NOT_READY, false, true",
        "approve-cleanup, DO,, false, true",
        "restore-ttl, DO, DNS_UNREACHABLE, false, true",
        "close-route, DO, SSH_UNREACHABLE, false, true"
    })
    void isThatOfTheDocs(String row, Direction direction, ErrorCode code, boolean down, boolean late)
            throws IOException {
        Advice advice = Advice.of(row, direction, Optional.ofNullable(code), down, late);
        assertThat(docs()).contains(advice.meaning()).contains(advice.wayOut());
        String docs = docs();
        advice.byHand().ifPresent(how -> assertThat(docs).contains(row + " – " + how));
    }

    @Test
    void saysTheSameOfSilenceAndOfUndosByHand() throws IOException {
        assertThat(docs()).containsIgnoringCase(Advice.UNANSWERED);
        for (var undo : Advice.UNDOS_BY_HAND.entrySet()) {
            assertThat(docs()).contains(undo.getKey() + " – " + undo.getValue());
        }
    }

    private static String docs() throws IOException {
        return Files.readString(Path.of("../docs/operations/parked.md"))
                .replaceAll("[`*]", "")
                .replaceAll("\\s+", " ");
    }
}
