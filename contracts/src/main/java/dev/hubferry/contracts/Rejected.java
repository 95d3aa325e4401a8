package dev.hubferry.contracts;

import java.util.Comparator;
import java.util.List;

/**
 * The command did not succeed, for a reason that has a name.
 *
 * @param code decides, by its category, what the saga does
 * @param detail one sentence for the operator, without secrets
 * @param problems every single cause when a check found several; empty when {@code detail} says it all
 */
@WireType("hubferry.rejected.v1")
public record Rejected(ErrorCode code, String detail, List<Problem> problems) implements Reply {
    public Rejected {
        Require.present(code, "code");
        Require.text(detail, "detail");
        problems = problems == null ? List.of() : List.copyOf(problems);
    }

    public static Rejected of(ErrorCode code, String detail) {
        return new Rejected(code, detail, List.of());
    }

    /** What the saga does about it: of several problems the one that is hardest to get over decides. */
    public ErrorCategory category() {
        if (code != ErrorCode.CHECKS_FAILED || problems.isEmpty()) {
            return code.category();
        }
        return problems.stream()
                .map(problem -> problem.code().category())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** All problems of a check at once; the code is that of the only problem, or {@link ErrorCode#CHECKS_FAILED}. */
    public static Rejected of(List<Problem> problems) {
        Require.notEmpty(problems, "problems");
        Problem first = problems.getFirst();
        return problems.size() == 1
                ? new Rejected(first.code(), first.where() + ": " + first.detail(), problems)
                : new Rejected(ErrorCode.CHECKS_FAILED, problems.size() + " checks failed", problems);
    }
}
