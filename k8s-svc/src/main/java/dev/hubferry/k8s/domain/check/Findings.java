package dev.hubferry.k8s.domain.check;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.k8s.domain.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects all that is wrong, so that people hear of it at once. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    void problem(ErrorCode code, String where, String detail, String remedy) {
        problem(new Problem(code, where, detail, remedy));
    }

    void problem(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    void notice(String where, String text) {
        notices.add(new Notice(where, text));
    }

    /** The value, or empty after its refusal was noted; a cluster that does not answer ends the whole check. */
    <T> Optional<T> attempt(String where, String remedy, Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (Refusal refusal) {
            if (refusal.code() == ErrorCode.CLUSTER_UNREACHABLE || refusal.code() == ErrorCode.CLUSTER_AUTH_FAILED) {
                throw refusal;
            }
            boolean told = refusal.code() == ErrorCode.PERMISSION_MISSING
                    && problems.stream().anyMatch(problem -> problem.code() == ErrorCode.PERMISSION_MISSING);
            if (!told) {
                problem(refusal.code(), where, refusal.rejected().detail(), remedy);
            }
            return Optional.empty();
        }
    }

    List<Problem> problems() {
        return problems;
    }

    List<Notice> notices() {
        return notices;
    }

    boolean isClean() {
        return problems.isEmpty();
    }
}
