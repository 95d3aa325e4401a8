package dev.hubferry.dns.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import java.util.List;
import java.util.function.Function;

/**
 * What a use case came to.
 *
 * @param <T> what it has to say when it worked
 */
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    /** Nothing was done that a second run could not complete or an undo take back. */
    record Refused<T>(List<Problem> problems) implements Outcome<T> {
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }
    }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Problem problem) {
        return new Refused<>(List.of(problem));
    }

    static <T> Outcome<T> refused(ErrorCode code, String where, String detail, String remedy) {
        return refused(new Problem(code, where, detail, remedy));
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> mapping) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(mapping.apply(value));
            case Refused<T>(List<Problem> problems) -> new Refused<>(problems);
        };
    }
}
