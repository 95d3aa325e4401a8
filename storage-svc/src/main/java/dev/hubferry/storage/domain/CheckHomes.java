package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StorageReply.HomesChecked;
import dev.hubferry.storage.domain.Inspection.SourceFacts;
import dev.hubferry.storage.domain.Inspection.TargetFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at both sides and says everything that is in the way of a move, at once. */
public final class CheckHomes {
    private final HomesInspector inspector;

    public CheckHomes(HomesInspector inspector) {
        this.inspector = inspector;
    }

    /** Of a copy of everything as it is. */
    public HomesChecked check(HomesRef source, HomesRef target, ExistingHomes existing) throws InterruptedException {
        return check(source, target, existing, HomesOptions.NONE);
    }

    /** @throws Refusal with all problems */
    public HomesChecked check(HomesRef source, HomesRef target, ExistingHomes existing, HomesOptions options)
            throws InterruptedException {
        Inspection seen = inspector.inspect(source, target, options);
        List<Problem> problems = new ArrayList<>(seen.problems());
        List<Notice> notices = new ArrayList<>();
        HomesJudge judge = new HomesJudge(source, target, options, problems, notices);
        seen.source().ifPresent(judge::source);
        seen.target().ifPresent(judge::target);
        if (seen.source().isPresent() && seen.target().isPresent()) {
            judge.both(seen.source().get(), seen.target().get(), existing);
        }
        judge.transport(seen);
        if (!problems.isEmpty()) {
            throw new Refusal(rejected(problems));
        }
        SourceFacts homes = seen.source().orElseThrow();
        TargetFacts place = seen.target().orElseThrow();
        return new HomesChecked(
                homes.names().size(),
                homes.entries(),
                homes.bytes(),
                place.freeBytes(),
                place.freeInodes(),
                notices,
                Optional.of(seen.transport()));
    }

    /** Two hosts that cannot be reached are one kind of failure, which may pass by itself, and not several failed checks. */
    private static Rejected rejected(List<Problem> problems) {
        List<ErrorCode> codes = problems.stream().map(Problem::code).distinct().toList();
        if (codes.size() > 1) {
            return Rejected.of(problems);
        }
        String detail = problems.stream()
                .map(problem -> problem.where() + ": " + problem.detail())
                .collect(Collectors.joining("; "));
        return new Rejected(codes.getFirst(), detail, problems);
    }
}
