package dev.hubferry.orchestrator.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir
    Path directory;

    @Test
    void knowsWhoHoldsAToken() throws IOException {
        Tokens tokens = Tokens.read(file(
                "# who may do what",
                "",
                "vera\tviewer   " + Tokens.hashed("t-1"),
                "olga operator,approver " + Tokens.hashed("t-2")));
        assertThat(tokens.holder("t-2")).contains(new Tokens.Holder("olga", Set.of("operator", "approver")));
        assertThat(tokens.holder("t-1")).map(Tokens.Holder::name).contains("vera");
        assertThat(tokens.holder("t-3")).isEmpty();
        assertThat(tokens.holder("")).isEmpty();
    }

    @Test
    void hashesAsSha256sumDoes() {
        assertThat(Tokens.hashed("abc"))
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void saysThatTheFileCannotBeRead() {
        assertThatThrownBy(() -> Tokens.read(directory.resolve("none")))
                .hasMessageContaining("hubferry.auth.token-file")
                .hasMessageContaining("none");
    }

    @Test
    void saysWhichLineIsMalformedWithoutRepeatingIt() throws IOException {
        assertMalformed("line 2: has 2 words instead of 3", "vera viewer");
        assertMalformed(
                "line 2: role 'admin' is none of approver, operator, viewer", "vera admin " + Tokens.hashed("x"));
        assertMalformed("line 2: the third word is not sha256: and 64 hex digits", "vera viewer plain-secret");
        assertMalformed("line 2: the third word is not sha256: and 64 hex digits", "vera viewer sha256:abcd");
        assertMalformed("line 2: the name has a colon", "sso:olga viewer " + Tokens.hashed("y"));
        assertMalformed("line 2: a second token for first", "first viewer " + Tokens.hashed("y"));
    }

    @Test
    void refusesAFileThatLetsNobodyIn() throws IOException {
        Path empty = file("# nobody yet");
        assertThatThrownBy(() -> Tokens.read(empty)).hasMessageContaining("has no token");
    }

    private void assertMalformed(String message, String line) throws IOException {
        Path file = file("first viewer " + Tokens.hashed("x"), line);
        assertThatThrownBy(() -> Tokens.read(file))
                .hasMessageContaining(message)
                .hasMessageNotContaining("plain-secret");
    }

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("tokens"), List.of(lines));
    }
}
