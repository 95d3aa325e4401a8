package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TreeComparisonTest {
    private static final List<TreeEntry> TREE = List.of(
            directory("."),
            directory("./ada"),
            file("./ada/a", "1", 1),
            file("./ada/b", "2", 2),
            file("./ada/b-hard", "2", 2),
            file("./ada-b", "3", 1),
            link("./ada/link", "a"));

    @Test
    void provesEqualTrees() throws InterruptedException {
        // When
        TreeComparison comparison = compare(TREE, renumbered(TREE));
        // Then
        assertThat(comparison.differences()).isZero();
        Receipt receipt = comparison.receipt();
        assertThat(receipt.users()).isEqualTo(2);
        assertThat(receipt.entries()).isEqualTo(6);
        assertThat(receipt.filesHashed()).isEqualTo(4);
        assertThat(receipt.bytes()).isEqualTo(30);
        assertThat(compare(TREE, TREE).receipt()).isEqualTo(receipt);
    }

    @Test
    void givesOtherTreesAnotherRootHash() throws InterruptedException {
        // Given
        List<TreeEntry> other = changed("./ada/a", entry -> with(entry, "content", "other"));
        // When, Then
        assertThat(compare(other, other).receipt().rootHash())
                .isNotEqualTo(compare(TREE, TREE).receipt().rootHash());
    }

    @Test
    void namesEveryKindOfDifference() throws InterruptedException {
        for (String field : List.of("mode", "owner", "size", "mtime", "link", "content", "attributes", "type")) {
            // When
            TreeComparison comparison = compare(TREE, changed("./ada/a", entry -> with(entry, field, "7")));
            // Then
            assertThat(comparison.differences()).as(field).isEqualTo(1);
            assertThat(comparison.named().getFirst()).as(field).startsWith("./ada/a: ");
        }
    }

    @Test
    void namesWhatIsMissingAndWhatIsThereOnly() throws InterruptedException {
        // Given
        List<TreeEntry> without = new ArrayList<>(TREE);
        without.removeIf(entry -> entry.path().equals("./ada/link"));
        // When, Then
        assertThat(compare(TREE, without).named()).containsExactly("./ada/link: is missing on the target");
        assertThat(compare(without, TREE).named()).containsExactly("./ada/link: is on the target only");
    }

    @Test
    void namesAHardLinkThatIsBrokenOrMade() throws InterruptedException {
        // Given
        List<TreeEntry> broken = changed("./ada/b-hard", entry -> inode(entry, "99", 1));
        // When, Then
        assertThat(compare(TREE, broken).named()).singleElement().asString().contains("./ada/b", "hard link to");
        assertThat(compare(broken, TREE).differences()).isEqualTo(1);
    }

    @Test
    void leavesTheDirectoryItselfOutWhenOthersUseIt() throws InterruptedException {
        // Given
        List<TreeEntry> other = changed(".", entry -> with(entry, "mtime", "7"));
        TreeComparison comparison = new TreeComparison(false, (entries, bytes) -> {});
        // When
        comparison.compare(stream(TREE), stream(other));
        // Then
        assertThat(comparison.differences()).isZero();
        assertThat(compare(TREE, other).differences()).isEqualTo(1);
    }

    @Test
    void namesTheFirstTwentyOfManyDifferences() throws InterruptedException {
        // Given
        List<TreeEntry> many = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            many.add(file("./ada/" + i, "x" + i, 1));
        }
        // When
        TreeComparison comparison = compare(many, List.of());
        // Then
        assertThat(comparison.differences()).isEqualTo(100);
        assertThat(comparison.named()).hasSize(20);
    }

    private static TreeComparison compare(List<TreeEntry> source, List<TreeEntry> target) throws InterruptedException {
        TreeComparison comparison = new TreeComparison(true, (entries, bytes) -> {});
        comparison.compare(stream(source), stream(target));
        return comparison;
    }

    private static EntryStream stream(List<TreeEntry> entries) {
        Iterator<TreeEntry> sorted =
                entries.stream().sorted(Comparator.comparing(TreeEntry::key)).iterator();
        return new EntryStream() {
            @Override
            public Optional<TreeEntry> next() {
                return sorted.hasNext() ? Optional.of(sorted.next()) : Optional.empty();
            }
        };
    }

    private static List<TreeEntry> changed(String path, UnaryOperator<TreeEntry> change) {
        return TREE.stream()
                .map(entry -> entry.path().equals(path) ? change.apply(entry) : entry)
                .toList();
    }

    private static List<TreeEntry> renumbered(List<TreeEntry> entries) {
        return entries.stream()
                .map(entry -> inode(entry, entry.inode() + "00", entry.links()))
                .toList();
    }

    private static TreeEntry directory(String path) {
        return new TreeEntry(path, 'd', "755", 1000, 1000, 0, "1.0", "d" + path, 2, "", "", "");
    }

    private static TreeEntry link(String path, String target) {
        return new TreeEntry(path, 'l', "777", 1000, 1000, 0, "1.0", "l" + path, 1, target, "", "");
    }

    private static TreeEntry file(String path, String inode, long links) {
        return new TreeEntry(path, 'f', "644", 1000, 1000, 10, "1.0", inode, links, "", "hash" + inode, "");
    }

    private static TreeEntry inode(TreeEntry e, String inode, long links) {
        return new TreeEntry(
                e.path(),
                e.type(),
                e.mode(),
                e.uid(),
                e.gid(),
                e.size(),
                e.mtime(),
                inode,
                links,
                e.linkTarget(),
                e.content(),
                e.attributes());
    }

    private static TreeEntry with(TreeEntry e, String field, String value) {
        return new TreeEntry(
                e.path(),
                field.equals("type") ? 'p' : e.type(),
                field.equals("mode") ? value : e.mode(),
                field.equals("owner") ? 7 : e.uid(),
                e.gid(),
                field.equals("size") ? 7 : e.size(),
                field.equals("mtime") ? value : e.mtime(),
                e.inode(),
                e.links(),
                field.equals("link") ? value : e.linkTarget(),
                field.equals("content") ? value : e.content(),
                field.equals("attributes") ? value : e.attributes());
    }
}
