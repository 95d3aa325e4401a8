package dev.hubferry.orchestrator.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningSecretsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_c2VjcmV0LW9mLXR3ZW50eS1mb3VyLWJ5";

    /** The example that the libraries of Standard Webhooks are tested with; openssl says the same. */
    @Test
    void signsAsTheStandardSays() {
        assertThat(signedWith(List.of(SECRET))).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsWithBothSecretsWhileOneIsChanged() {
        assertThat(signedWith(List.of("# new", OTHER, "", " " + SECRET + " ")))
                .isEqualTo(signedWith(List.of(OTHER)) + " " + signedWith(List.of(SECRET)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw        | does not begin with whsec_",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-Sw | no base64",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLQ==  | of 22 bytes: make one of 24 to 64",
            })
    void saysWhatIsWrongAndNothingOfTheSecret(String line, String message) {
        assertThatThrownBy(() -> SigningSecrets.of(List.of(line)))
                .hasMessageContaining(message)
                .hasMessageNotContaining("MfKQ9r8G")
                .hasNoCause();
    }

    @Test
    void wantsOneOrTwo() {
        assertThatThrownBy(() -> SigningSecrets.of(List.of("", "# none"))).hasMessageContaining("has 0 secrets");
        assertThatThrownBy(() -> SigningSecrets.of(List.of(SECRET, OTHER, SECRET)))
                .hasMessageContaining("has 3 secrets");
    }

    @Test
    void isNotSaidByAccident() {
        assertThat(SigningSecrets.of(List.of(SECRET))).hasToString("1 secrets");
    }

    private static String signedWith(List<String> secrets) {
        return SigningSecrets.of(secrets)
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}".getBytes(UTF_8));
    }
}
