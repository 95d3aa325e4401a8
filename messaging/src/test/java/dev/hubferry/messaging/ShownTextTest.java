package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET https://ferry:pl4nt3d@10.0.0.1/version failed",
                "Authorization: Bearer pl4nt3d was refused",
                "Authorization: Basic ZmVycnk6cGw0bnQzZA==pl4nt3d",
                "the receiver says whsec_pl4nt3d+/= is wrong",
                "unknown token 'x', apiKey=pl4nt3d&Command=getList",
                "{\"password\": \"pl4nt3d\"}",
                "token eyJhbGciOiJSUzI1NiJ9.pl4nt3d.pl4nt3d is expired",
                "-----BEGIN OPENSSH PRIVATE KEY-----\npl4nt3d\n-----END OPENSSH PRIVATE KEY----- cannot be read",
                "-----BEGIN PRIVATE KEY-----\npl4nt3d"
            })
    void hidesWhatLooksLikeASecret(String text) {
        assertThat(ShownText.of(text)).doesNotContain("pl4nt3d").contains("***");
    }

    @Test
    void leavesPlainWordsAlone() {
        String text = "nfs-old (10.0.0.1:22) shows the host key SHA256:7x+/a, but pinned is SHA256:9y+/b";
        assertThat(ShownText.of(text)).isEqualTo(text);
        assertThat(ShownText.of("the private key of nfs-old cannot be read: /run/secrets/key"))
                .isEqualTo("the private key of nfs-old cannot be read: /run/secrets/key");
    }

    @Test
    void makesOneShortLine() {
        assertThat(ShownText.of("a\nb\t\u0000c")).isEqualTo("a b c");
        assertThat(ShownText.of("x".repeat(5_000))).hasSize(300).endsWith("…");
    }
}
