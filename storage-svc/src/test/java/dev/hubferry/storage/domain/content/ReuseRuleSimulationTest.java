package dev.hubferry.storage.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReuseRuleSimulationTest {
    private static final int SEEDS = 20_000;

    @Test
    void neverUsesAHashAgainThatIsNotTheContentsAnyMore() {
        long reused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            reused += simulate(seed);
        }
        // It would be easy to be right by never using any.
        assertThat(reused).isGreaterThan(SEEDS);
    }

    private static long simulate(int seed) {
        Random random = new Random(seed);
        CoarseFileSystem fileSystem = new CoarseFileSystem(random);
        Map<String, ContentHash> known = new HashMap<>();
        long reused = 0;
        for (int round = 0; round < 6; round++) {
            for (int i = random.nextInt(12); i > 0; i--) {
                fileSystem.live();
            }
            ReuseRule.reusable(fileSystem.hash()).forEach(hash -> known.put(hash.path(), hash));
            for (int i = random.nextInt(12); i > 0; i--) {
                fileSystem.live();
                for (ContentHash hash : known.values()) {
                    Optional<ManifestEntry> entry = fileSystem.entry(hash.path());
                    if (entry.filter(hash::isOf).isPresent()) {
                        reused++;
                        assertThat(fileSystem.content(hash.path()))
                                .as("seed %d", seed)
                                .contains(hash.sha256());
                    }
                }
            }
        }
        return reused;
    }
}
