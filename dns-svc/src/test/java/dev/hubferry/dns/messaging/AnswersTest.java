package dev.hubferry.dns.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.DnsReply.TtlRestored;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.dns.domain.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void answersWhatWasDone() {
        // Given, When, Then
        TtlRestored restored = new TtlRestored(true, Optional.empty());
        assertThat(Answers.of(Outcome.done(restored))).isEqualTo(restored);
    }

    @Test
    void keepsTheCodeThatAllProblemsShareSoThatTheStepIsTriedAgain() {
        // Given, When
        Rejected rejected = rejected(ErrorCode.NOT_PROPAGATED, ErrorCode.NOT_PROPAGATED);
        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.NOT_PROPAGATED);
        assertThat(rejected.detail()).isEqualTo("dns1: is behind; dns2: is behind");
        assertThat(rejected.problems()).hasSize(2);
    }

    @Test
    void callsDifferentProblemsFailedChecks() {
        // Given, When, Then
        assertThat(rejected(ErrorCode.NOT_PROPAGATED, ErrorCode.ZONE_MAIL_MANAGED)
                        .code())
                .isEqualTo(ErrorCode.CHECKS_FAILED);
    }

    private static Rejected rejected(ErrorCode first, ErrorCode second) {
        Outcome<DnsReply> refused = new Outcome.Refused<>(List.of(problem(first, "dns1"), problem(second, "dns2")));
        return (Rejected) Answers.of(refused);
    }

    private static Problem problem(ErrorCode code, String where) {
        return new Problem(code, where, "is behind", "wait");
    }
}
