package dev.hubferry.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.script.Specs;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesTest {
    @Test
    void areBothHubsBothDirectoriesAndTheName() {
        assertThat(Resources.of(Specs.astro()))
                .containsExactly(
                        "dns:astro.example.org",
                        "homes:nfs-new:/export/homes/astro",
                        "homes:nfs-old:/export/homes/astro",
                        "hub:new/astro",
                        "hub:old/astro");
    }

    @ParameterizedTest
    @CsvSource({
        "homes:a:/x, homes:a:/x, true",
        "homes:a:/x, homes:a:/x/y, true",
        "homes:a:/x/y, homes:a:/x, true",
        "homes:a:/x, homes:a:/xy, false",
        "homes:a:/x, homes:b:/x, false",
        "hub:old/astro, hub:old/astro/release, true",
        "hub:old/astro/one, hub:old/astro/two, false"
    })
    void overlapWhenOneHoldsTheOther(String one, String other, boolean overlap) {
        assertThat(Resources.overlap(one, other)).isEqualTo(overlap);
    }

    @Test
    void areHeldByEverythingAboveThem() {
        // When
        Set<String> all = Resources.withHolders(Set.of("homes:nfs:/export/homes/astro", "hub:old/astro"));

        // Then
        assertThat(all)
                .containsExactlyInAnyOrder(
                        "homes:nfs:/export/homes/astro",
                        "homes:nfs:/export/homes",
                        "homes:nfs:/export",
                        "homes:nfs:",
                        "hub:old/astro",
                        "hub:old");
        assertThat(all)
                .allMatch(held -> Resources.overlap("homes:nfs:/export/homes/astro", held)
                        || Resources.overlap("hub:old/astro", held));
    }
}
