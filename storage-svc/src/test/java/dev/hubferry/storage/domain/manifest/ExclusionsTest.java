package dev.hubferry.storage.domain.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.HomesOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExclusionsTest {
    private static Exclusions of(String... patterns) {
        return Exclusions.of(new HomesOptions(List.of(patterns), Optional.empty(), Set.of()));
    }

    private static Optional<String> topmost(Exclusions exclusions, String path) {
        return exclusions.sieve().topmost(path);
    }

    @Test
    void leavesANameBehindAtAnyDepthBelowAHome() {
        // Given
        Exclusions exclusions = of(".cache", "*.tmp");
        // When, Then
        assertThat(topmost(exclusions, "./ada/.cache")).contains("./ada/.cache");
        assertThat(topmost(exclusions, "./ada/.cache/pip/x")).contains("./ada/.cache");
        assertThat(topmost(exclusions, "./ada/a/b/.cache/x.tmp")).contains("./ada/a/b/.cache");
        assertThat(topmost(exclusions, "./ada/a/b/x.tmp")).contains("./ada/a/b/x.tmp");
        assertThat(topmost(exclusions, "./ada/.cached")).isEmpty();
    }

    @Test
    void leavesNoHomeBehind() {
        // Given
        Exclusions exclusions = of("ada", "?*");
        // When, Then
        assertThat(topmost(exclusions, ".")).isEmpty();
        assertThat(topmost(exclusions, "./ada")).isEmpty();
        assertThat(topmost(exclusions, "./ada/x")).contains("./ada/x");
    }

    @Test
    void leavesAPathBehindThatIsRelativeToAHome() {
        // Given
        Exclusions exclusions = of("work/*/scratch");
        // When, Then
        assertThat(topmost(exclusions, "./ada/work/a/scratch/x")).contains("./ada/work/a/scratch");
        assertThat(topmost(exclusions, "./ada/x/work/a/scratch")).isEmpty();
        assertThat(topmost(exclusions, "./work/a/scratch")).isEmpty();
        assertThat(topmost(exclusions, "./ada/work/a/b/scratch")).isEmpty();
    }

    @Test
    void saysTheSameWhateverItWasAskedBefore() {
        // Given
        Exclusions exclusions = of("b", "a/a", "?!", "a/*/b");
        List<String> names = List.of("a", "b", "a!", "b!", "aa");
        Random random = new Random(1);
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            StringBuilder path = new StringBuilder("./u" + random.nextInt(2));
            for (int depth = random.nextInt(5); depth > 0; depth--) {
                path.append('/').append(names.get(random.nextInt(names.size())));
            }
            paths.add(path.toString());
        }
        // When
        Exclusions.Sieve one = exclusions.sieve();
        // Then
        assertThat(paths).allSatisfy(path -> assertThat(one.topmost(path)).isEqualTo(topmost(exclusions, path)));
        assertThat(paths.stream().filter(one::holds).count()).isBetween(500L, 2500L);
    }
}
