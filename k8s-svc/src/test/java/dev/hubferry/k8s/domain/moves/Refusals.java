package dev.hubferry.k8s.domain.moves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.Refusal;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says what a refusal has to be. */
final class Refusals {
    private Refusals() {}

    /** The detail of the refusal that the action ends in, which has to be of this code. */
    static AbstractStringAssert<?> refused(ErrorCode code, ThrowingCallable action) {
        Throwable thrown = catchThrowable(action);
        assertThat(thrown).isInstanceOf(Refusal.class);
        Refusal refusal = (Refusal) thrown;
        assertThat(refusal.code()).isEqualTo(code);
        return assertThat(refusal.rejected().detail());
    }
}
