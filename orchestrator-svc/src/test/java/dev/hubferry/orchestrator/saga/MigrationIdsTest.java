package dev.hubferry.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationIdsTest {
    private final MigrationIds ids = new MigrationIds(new Random(7));

    @ParameterizedTest
    @CsvSource({
        "astro to the new cluster, astro-to-the-new-cluster-",
        "'  Über (alles)! ', ber-alles-",
        "a very long name that goes on and on, a-very-long-name-that-go-",
        "日本, migration-"
    })
    void beginsWithTheName(String name, String beginning) {
        assertThat(ids.next(name).value()).startsWith(beginning).hasSize(beginning.length() + 10);
    }

    @Test
    void givesNoIdTwice() {
        assertThat(Stream.generate(() -> ids.next("a")).limit(1_000).distinct()).hasSize(1_000);
    }
}
