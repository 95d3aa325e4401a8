package dev.hubferry.storage.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.storage.domain.MemorySpools;
import dev.hubferry.storage.domain.Spool;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HashStoreTest {
    private final MemorySpools spools = new MemorySpools();

    @Test
    void givesBackWhatWasWritten() throws InterruptedException {
        // Given
        List<ContentHash> hashes =
                List.of(hash("./-hedy/a b\nc", 1), hash("./ada-b", 2), hash("./ada/\u00ff", 3), hash("./ada/a", 4));
        List<ContentHash> sorted = sorted(hashes);
        // When, Then
        assertThat(all(HashStore.read(store(sorted)))).isEqualTo(sorted);
    }

    @Test
    void takesAStoreThatIsDamagedAnywhereForNone() throws InterruptedException {
        // Given
        List<String> whole = records(store(sorted(List.of(hash("./a", 1), hash("./b", 2), hash("./c", 3)))));
        // When, Then
        for (int i = 0; i < whole.size(); i++) {
            List<String> without = new ArrayList<>(whole);
            without.remove(i);
            assertThat(all(HashStore.read(spool(without)))).as("without %d", i).isEmpty();
            List<String> cut = whole.subList(0, i);
            assertThat(all(HashStore.read(spool(cut)))).as("cut at %d", i).isEmpty();
            List<String> twice = new ArrayList<>(whole);
            twice.add(i, whole.get(i));
            assertThat(all(HashStore.read(spool(twice)))).as("twice %d", i).isEmpty();
            List<String> other = new ArrayList<>(whole);
            other.set(i, whole.get(i).replace('1', '4').replace('2', '5').replace('3', '6'));
            assertThat(all(HashStore.read(spool(other)))).as("other %d", i).isEmpty();
        }
        assertThat(all(HashStore.read(spool(whole)))).hasSize(3);
    }

    @Test
    void refusesHashesThatAreNotInTheirOrder() {
        HashStore.Writer writer = new HashStore.Writer(spools.make());
        writer.add(hash("./b", 1));
        assertThatThrownBy(() -> writer.add(hash("./b", 2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add(hash("./a", 2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mergesAndFindsLikeAMap() throws InterruptedException {
        for (int seed = 0; seed < 500; seed++) {
            // Given
            Random random = new Random(seed);
            Map<String, ContentHash> older = some(random);
            Map<String, ContentHash> newer = some(random);
            Map<String, ContentHash> both = new TreeMap<>(older);
            both.putAll(newer);
            // When
            HashStream merged = HashStream.merged(HashStream.of(older.values()), HashStream.of(newer.values()));
            Spool store = store(all(merged));
            KnownHashes known = new KnownHashes(HashStore.read(store));
            // Then
            assertThat(all(HashStore.read(store))).isEqualTo(List.copyOf(both.values()));
            for (String path : sortedPaths()) {
                int inode = random.nextInt(4);
                Optional<ContentHash> expected = Optional.ofNullable(both.get(path + "//"))
                        .filter(hash -> hash.stamp().inode().equals(String.valueOf(inode)));
                assertThat(known.of(entry(path, inode))).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void isOfAnEntryOnlyInTheSameState() {
        ContentHash hash = hash("./ada/a", 3);
        assertThat(hash.isOf(entry("./ada/a", 3))).isTrue();
        assertThat(hash.isOf(entry("./ada/b", 3))).isFalse();
        assertThat(hash.isOf(entry("./ada/a", 4))).isFalse();
        assertThat(hash.isOf(ManifestEntry.parse("./ada/a//f 644 1 1 10 1.0 900.6 3 1//")))
                .isFalse();
        assertThat(hash.isOf(ManifestEntry.parse("./ada/a//f 644 1 1 11 1.0 900.5 3 1//")))
                .isFalse();
        assertThat(hash.isOf(ManifestEntry.parse("./ada/a//l 644 1 1 10 1.0 900.5 3 1//x")))
                .isFalse();
        assertThat(hash.isOf(ManifestEntry.parse("./ada/a//f 600 2 2 10 9.0 900.5 3 1//")))
                .isTrue();
    }

    private static Map<String, ContentHash> some(Random random) {
        Map<String, ContentHash> some = new TreeMap<>();
        for (String path : sortedPaths()) {
            if (random.nextBoolean()) {
                some.put(path + "//", hash(path, random.nextInt(4)));
            }
        }
        return some;
    }

    /** Not all of these come in the order of their own bytes: a slash is more than a blank and a minus. */
    private static List<String> sortedPaths() {
        return Stream.of("./a", "./a ", "./a-b", "./a/b", "./a/b/c", "./a/b c", "./ab", "./\u00fc")
                .sorted(Comparator.comparing(path -> path + "//"))
                .toList();
    }

    private static List<ContentHash> sorted(List<ContentHash> hashes) {
        return hashes.stream().sorted(Comparator.comparing(ContentHash::key)).toList();
    }

    private Spool store(List<ContentHash> hashes) throws InterruptedException {
        Spool spool = spools.make();
        HashStore.Writer writer = new HashStore.Writer(spool);
        writer.addAll(HashStream.of(hashes));
        writer.end();
        return spool;
    }

    private Spool spool(List<String> records) {
        Spool spool = spools.make();
        records.forEach(spool::add);
        return spool;
    }

    private static List<String> records(Spool spool) {
        List<String> all = new ArrayList<>();
        Spool.Records records = spool.read();
        records.next().ifPresent(all::add);
        for (Optional<String> next = records.next(); next.isPresent(); next = records.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static List<ContentHash> all(HashStream hashes) throws InterruptedException {
        List<ContentHash> all = new ArrayList<>();
        for (Optional<ContentHash> next = hashes.next(); next.isPresent(); next = hashes.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static ContentHash hash(String path, int inode) {
        return new ContentHash(path, new FileStamp(String.valueOf(inode), "900.5", 10), "%064x".formatted(inode));
    }

    private static ManifestEntry entry(String path, int inode) {
        return ManifestEntry.parse("%s//f 644 1 1 10 1.0 900.5 %d 1//".formatted(path, inode));
    }
}
