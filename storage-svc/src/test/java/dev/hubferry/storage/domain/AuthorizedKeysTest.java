package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.storage.domain.AuthorizedKeys.After;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuthorizedKeysTest {
    private static final String ENTRY = "restrict,from=\"192.0.2.3\",command=\"exec sh '/x/serve'\" ssh-ed25519 AAAA";

    @Test
    void restoresTheBytesOfAnyFileInAnyOrderOfRemoval() {
        // Given
        List<String> files = List.of(
                "",
                "\n",
                "\n\n",
                "ssh-rsa AAAB someone\n",
                "ssh-rsa AAAB someone",
                "# hubferry:m1\nssh-rsa AAAB x\r\n\r\n",
                "ssh-rsa AAAB \u00e9\u00ff\n\nssh-rsa AAAC\n\n");
        Random random = new Random(7);
        for (String file : files) {
            for (int round = 0; round < 20; round++) {
                // When
                List<String> migrations = new ArrayList<>(List.of("m1", "m2", "m3"));
                Collections.shuffle(migrations, random);
                AuthorizedKeys keys = parse(file);
                for (String migration : migrations) {
                    keys = keys.with(migration, ENTRY, false, false);
                }
                Collections.shuffle(migrations, random);
                for (String migration : migrations) {
                    keys = kept(keys, migration);
                }
                // Then
                assertThat(text(keys)).isEqualTo(file);
            }
        }
    }

    @Test
    void removesTheFileThatItMadeWhenTheLastOfItsLinesGoes() {
        // Given
        AuthorizedKeys keys = parse("").with("m1", ENTRY, true, true).with("m2", ENTRY, false, false);
        // When
        AuthorizedKeys second = kept(keys, "m1");
        // Then
        assertThat(second.without("m2")).contains(new After.Remove(true));
    }

    @Test
    void keepsTheFileThatItMadeWhenSomebodyElseUsesIt() {
        // Given
        AuthorizedKeys keys = parse(text(parse("").with("m1", ENTRY, true, true)) + "ssh-rsa AAAB other\n");
        // When, Then
        assertThat(text(kept(keys, "m1"))).isEqualTo("ssh-rsa AAAB other\n");
    }

    @Test
    void keepsTheNewlineThatItAddedWhenSomebodyElseAddedALine() {
        // Given
        AuthorizedKeys keys =
                parse(text(parse("ssh-rsa AAAB a").with("m1", ENTRY, false, false)) + "ssh-rsa AAAB other\n");
        // When, Then
        assertThat(text(kept(keys, "m1"))).isEqualTo("ssh-rsa AAAB a\nssh-rsa AAAB other\n");
    }

    @Test
    void addsOneLineHoweverOftenItIsAsked() {
        // When
        AuthorizedKeys once = parse("ssh-rsa AAAB a\n").with("m1", ENTRY, false, false);
        // Then
        assertThat(once.with("m1", ENTRY, false, false)).isEqualTo(once);
        assertThat(text(once)).isEqualTo("ssh-rsa AAAB a\n" + ENTRY + " hubferry:m1\n");
    }

    @Test
    void replacesAKeyThatIsNoLongerTheRouteOwn() {
        // Given
        AuthorizedKeys old = parse("ssh-rsa AAAB a").with("m1", ENTRY, false, false);
        // When
        AuthorizedKeys renewed = old.with("m1", ENTRY + "B", false, false);
        // Then
        assertThat(text(renewed)).isEqualTo("ssh-rsa AAAB a\n" + ENTRY + "B hubferry:m1,added-newline\n");
        assertThat(text(kept(renewed, "m1"))).isEqualTo("ssh-rsa AAAB a");
    }

    @Test
    void findsNothingToRemoveInAFileWithoutItsLine() {
        assertThat(parse("ssh-rsa AAAB hubferry:m10\n").without("m1")).isEmpty();
    }

    private static AuthorizedKeys kept(AuthorizedKeys keys, String migration) {
        return switch (keys.without(migration).orElseThrow()) {
            case After.Keep(AuthorizedKeys rest) -> parse(text(rest));
            case After.Remove remove -> throw new AssertionError(remove);
        };
    }

    private static AuthorizedKeys parse(String text) {
        return AuthorizedKeys.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(AuthorizedKeys keys) {
        return new String(keys.bytes(), StandardCharsets.ISO_8859_1);
    }
}
