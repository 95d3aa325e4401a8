package dev.hubferry.dns.messaging;

import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.dns.domain.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/** Outcomes as replies. */
final class Answers {

    private Answers() {}

    static Reply of(Outcome<? extends DnsReply> outcome) {
        return switch (outcome) {
            case Outcome.Done<? extends DnsReply> done -> done.value();
            case Outcome.Refused<? extends DnsReply> refused -> rejected(refused.problems());
        };
    }

    /** Several name servers that are behind are one kind of failure, which may pass by itself, and not several failed checks. */
    private static Rejected rejected(List<Problem> problems) {
        List<ErrorCode> codes = problems.stream().map(Problem::code).distinct().toList();
        return codes.size() == 1
                ? new Rejected(
                        codes.getFirst(),
                        problems.stream()
                                .map(problem -> problem.where() + ": " + problem.detail())
                                .collect(Collectors.joining("; ")),
                        problems)
                : Rejected.of(problems);
    }
}
