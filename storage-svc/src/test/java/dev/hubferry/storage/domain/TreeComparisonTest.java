package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.storage.domain.TreeReader.EntryStream;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeComparisonTest {
    private static final List<String> TREE = List.of(
            ".//d 755 0 0 0 1.0 9.0 1 5//",
            "./ada//d 755 1000 1000 0 1.0 9.0 2 3//",
            "./ada/a//f 644 1000 1000 10 1.0 9.0 3 1//",
            "./ada/b//f 644 1000 1000 10 1.0 9.0 4 2//",
            "./ada/b-hard//f 644 1000 1000 10 1.0 9.0 4 2//",
            "./ada-b//f 644 1000 1000 10 1.0 9.0 5 1//",
            "./ada/link//l 777 1000 1000 0 1.0 9.0 6 1//a");

    private final List<String> equal = new ArrayList<>();

    @Test
    void tellsOfEveryEntryThatLooksEqualAndOfItsLeader() throws InterruptedException {
        // Given
        List<String> other = TREE.stream()
                .map(record -> record.replaceAll("9\\.0 ([0-9]) ", "8.5 $100 "))
                .toList();
        // When
        Differences differences = compare(TREE, other);
        // Then
        assertThat(differences.count()).isZero();
        differences.refuse();
        assertThat(equal)
                .containsExactly(
                        ". .",
                        "./ada-b ./ada-b",
                        "./ada ./ada",
                        "./ada/a ./ada/a",
                        "./ada/b-hard ./ada/b-hard",
                        "./ada/b ./ada/b-hard",
                        "./ada/link ./ada/link");
    }

    @Test
    void namesEveryKindOfDifference() throws InterruptedException {
        record Change(String field, String from, String to) {}
        for (Change change : List.of(
                new Change("mode", "f 644", "f 600"),
                new Change("owner", "1000 1000 10", "1000 1001 10"),
                new Change("owner", "644 1000", "644 1002"),
                new Change("size", " 10 1.0", " 11 1.0"),
                new Change("mtime", " 10 1.0", " 10 1.1"),
                new Change("type", "a//f", "a//p"),
                new Change("link", "1//", "1//x"))) {
            // When
            Differences differences = compare(TREE, changed("./ada/a", change.from(), change.to()));
            // Then
            assertThat(differences.count()).as(change.field()).isEqualTo(1);
            assertThat(differences.named().getFirst()).startsWith("./ada/a: ").contains(change.field());
        }
    }

    @Test
    void namesAttributesThatDiffer() throws InterruptedException {
        // When
        Differences differences = new Differences();
        comparison(true, differences).compare(stream(TREE, ""), stream(TREE, "user.a=0x01"));
        // Then
        assertThat(differences.count()).isEqualTo(1);
        assertThat(differences.named()).containsExactly("./ada/a: extended attributes or ACL differ");
        assertThatThrownBy(differences::refuse).isInstanceOf(Refusal.class);
    }

    @Test
    void namesWhatIsMissingAndWhatIsThereOnly() throws InterruptedException {
        // Given
        List<String> without = new ArrayList<>(TREE);
        without.removeIf(record -> record.startsWith("./ada/link"));
        // When, Then
        assertThat(compare(TREE, without).named()).containsExactly("./ada/link: is missing on the target");
        assertThat(compare(without, TREE).named()).containsExactly("./ada/link: is on the target only");
    }

    @Test
    void namesAHardLinkThatIsBrokenOrMade() throws InterruptedException {
        // Given
        List<String> broken = changed("./ada/b", " 4 2//", " 99 1//");
        // When, Then
        assertThat(compare(TREE, broken).named()).singleElement().asString().contains("./ada/b:", "hard link to");
        assertThat(compare(broken, TREE).count()).isEqualTo(1);
    }

    @Test
    void takesEqualInodesOfTwoFileSystemsForTwo() throws InterruptedException {
        // Given
        List<String> two = changed("./ada/b", "9.0 4 2//", "9.1 4 2//");
        // When, Then
        assertThat(compare(two, TREE).named()).singleElement().asString().contains("./ada/b:", "hard link to");
        assertThat(compare(two, two).count()).isZero();
    }

    @Test
    void leavesTheDirectoryItselfOutWhenOthersUseIt() throws InterruptedException {
        // Given
        List<String> other = changed(".", "755", "700");
        Differences differences = new Differences();
        // When
        comparison(false, differences).compare(stream(TREE, ""), stream(other, ""));
        // Then
        assertThat(differences.count()).isZero();
        assertThat(equal).hasSize(6);
        assertThat(compare(TREE, other).count()).isEqualTo(1);
    }

    @Test
    void namesTheFirstTwentyOfManyDifferences() throws InterruptedException {
        // Given
        List<String> many = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            many.add("./ada/%d//f 644 1 1 1 1.0 9.0 %d 1//".formatted(i, i));
        }
        // When
        Differences differences = compare(many, List.of());
        // Then
        assertThat(differences.count()).isEqualTo(100);
        assertThat(differences.named()).hasSize(20);
    }

    private Differences compare(List<String> source, List<String> target) throws InterruptedException {
        Differences differences = new Differences();
        comparison(true, differences).compare(stream(source, ""), stream(target, ""));
        return differences;
    }

    private TreeComparison comparison(boolean withRoot, Differences differences) {
        return new TreeComparison(
                withRoot,
                differences,
                (source, target, leader) -> equal.add(source.entry().path() + " " + leader));
    }

    /** @param attributes of ./ada/a */
    private static EntryStream stream(List<String> records, String attributes) {
        Iterator<ManifestEntry> sorted = records.stream()
                .map(ManifestEntry::parse)
                .sorted(Comparator.naturalOrder())
                .iterator();
        return () -> {
            if (!sorted.hasNext()) {
                return Optional.empty();
            }
            ManifestEntry entry = sorted.next();
            return Optional.of(new TreeEntry(entry, entry.path().equals("./ada/a") ? attributes : ""));
        };
    }

    private static List<String> changed(String path, String from, String to) {
        return TREE.stream()
                .map(record -> record.startsWith(path + "//") ? record.replace(from, to) : record)
                .toList();
    }
}
