package dev.hubferry.orchestrator.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningInTest {
    @Test
    void isResumedByWhatTheBrowserKept() {
        SigningIn begun = SigningIn.begin("/ui/migrations?name=ü");
        assertThat(SigningIn.resume(begun.kept(), begun.state())).contains(begun);
        assertThat(begun).isNotEqualTo(SigningIn.begin("/ui/migrations?name=ü"));
        // Of a cookie.
        assertThat(begun.kept()).matches("[A-Za-z0-9_.-]+");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "x", "x.y", "STATE.y.%", "STATE.y.L3Vp.z", "other.y.L3Vp"})
    void isNotResumedByAnythingElse(String kept) {
        assertThat(SigningIn.resume(kept, "STATE")).isEmpty();
    }

    @Test
    void isNotResumedByAnotherState() {
        SigningIn begun = SigningIn.begin("/ui/queue");
        assertThat(SigningIn.resume(begun.kept(), SigningIn.begin("/ui/queue").state()))
                .isEmpty();
        assertThat(SigningIn.resume(begun.kept(), null)).isEmpty();
    }

    @Test
    void challengesAsRfc7636HasIt() {
        assertThat(new SigningIn("s", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "/ui").challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void keepsItsSecretsToItself() {
        SigningIn begun = SigningIn.begin("/ui/queue");
        assertThat(begun.toString()).doesNotContain(begun.state()).doesNotContain(begun.verifier());
    }
}
