package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HomeBatchesTest {
    @Test
    void putsEachHomeIntoExactlyOneBatchAndJoinedHomesTogether() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            // Given
            HomeBatches batches = new HomeBatches();
            int homes = 1 + random.nextInt(30);
            for (int i = 0; i < homes * 3; i++) {
                batches.add("home" + i % homes, random.nextInt(1_000_000));
            }
            int one = random.nextInt(homes);
            int other = random.nextInt(homes);
            batches.join("home" + one, "home" + other);
            int count = 1 + random.nextInt(5);
            // When
            List<List<String>> divided = batches.divide(count);
            // Then
            assertThat(divided.size()).isLessThanOrEqualTo(count);
            assertThat(divided).allSatisfy(batch -> assertThat(batch).isNotEmpty());
            assertThat(divided.stream().flatMap(List::stream).toList())
                    .hasSize(homes)
                    .doesNotHaveDuplicates();
            assertThat(divided).anySatisfy(batch -> assertThat(batch).contains("home" + one, "home" + other));
        }
    }

    @Test
    void givesTheWhaleABatchOfItsOwn() {
        // Given
        HomeBatches batches = new HomeBatches();
        batches.add("whale", 1_000_000_000);
        for (int i = 0; i < 10; i++) {
            batches.add("user" + i, 1_000_000);
        }
        // When
        List<List<String>> divided = batches.divide(3);
        // Then
        assertThat(divided.getFirst()).containsExactly("whale");
        assertThat(divided.get(1)).hasSize(5);
        assertThat(divided.get(2)).hasSize(5);
    }
}
