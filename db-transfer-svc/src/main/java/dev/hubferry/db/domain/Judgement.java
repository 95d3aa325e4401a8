package dev.hubferry.db.domain;

import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import java.util.ArrayList;
import java.util.List;

/** Collects what forbids a move and what people should know about it, so that everything is said at once. */
public final class Judgement {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    /** Adds something that forbids the move. */
    public void problem(ErrorCode code, String where, String detail, String remedy) {
        problems.add(new Problem(code, where, detail, remedy));
    }

    /** Adds the problems of {@code refusal}, unless they are already there. */
    public void problems(Refusal refusal) {
        refusal.problems().stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problems::add);
    }

    /** Adds something that people should know. */
    public void notice(String where, String text) {
        notices.add(new Notice(where, text));
    }

    /** Puts what {@code other} collected in front. */
    public void addFirst(Judgement other) {
        problems.addAll(0, other.problems);
        notices.addAll(0, other.notices);
    }

    /** What people should know. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    /**
     * Returns when nothing forbids the move.
     *
     * @throws Refusal with all problems
     */
    public void demandClean() {
        if (problems.isEmpty()) {
            return;
        }
        Rejected rejected = Rejected.of(problems);
        boolean mayPass = problems.stream().allMatch(problem -> problem.code().category() == ErrorCategory.TRANSIENT);
        // Two hubs that cannot be reached are no finding about either: the step is worth another try.
        throw new Refusal(mayPass ? new Rejected(problems.getFirst().code(), rejected.detail(), problems) : rejected);
    }
}
