package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.PassReport.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hard links one by one. After each test the plan of a final pass is carried out, chunk by chunk, and both trees must be equal. */
class PlannedLinksTest {
    private final Passes passes = new Passes(new ChunkLimit(100, 50), 2);
    private final ModelTree source = passes.source;
    private final ModelTree target = passes.target;

    /** Linked are {@code ./ada/p} and {@code ./bob/q}; not linked, but alike, are {@code ./ada/r} and {@code ./bob/s}. */
    @BeforeEach
    void sync() throws InterruptedException {
        source.put("./ada", source.newNode('d'));
        source.put("./bob", source.newNode('d'));
        source.put("./ada/p", file("linked"));
        source.put("./bob/q", source.get("./ada/p"));
        source.put("./ada/r", file("single"));
        source.put("./bob/s", file("sangle"));
        passes.sync();
    }

    private ModelNode file(String content) {
        ModelNode file = source.newNode('f');
        file.content = content;
        return file;
    }

    @AfterEach
    void finalPassMakesLinksEqual() throws InterruptedException {
        passes.carryOut(passes.plan(Kind.FINAL));
        assertThat(target.faces()).isEqualTo(source.faces());
    }

    private List<String> forced() throws InterruptedException {
        return passes.plan(Kind.FINAL).plan().paths(false, true);
    }

    @Test
    void joinsChunksThatHoldNamesOfOneInode() throws InterruptedException {
        // Given
        for (String home : List.of("./one", "./two", "./three")) {
            source.put(home, source.newNode('d'));
            for (int i = 0; i < 40; i++) {
                source.put(home + "/" + i, file("x"));
            }
        }
        source.put("./two/link", source.get("./one/7"));
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().paths(true, false)).containsExactly("./one", "./three", "./two");
        assertThat(planned.totals().chunks().stream().map(Batch::chunks)).containsExactly(List.of(0, 2), List.of(1));
        assertThat(planned.totals().copied()).isEqualTo(new Amount(124, 120, 120));
    }

    @Test
    void leavesEqualLinksAlone() throws InterruptedException {
        assertThat(passes.plan(Kind.FINAL).plan().isEmpty()).isTrue();
    }

    @Test
    void forcesBothNamesWhenALinkIsBrokenAtTheSource() throws InterruptedException {
        // Given
        ModelNode alike = file("LINKED");
        alike.setAttributes(source.get("./ada/p"));
        source.put("./ada/p", alike);
        // When // Then
        assertThat(forced()).containsExactly("./ada/p", "./bob/q");
    }

    @Test
    void forcesTheOldNameOfAFileThatGotANewOne() throws InterruptedException {
        // Given
        source.put("./ada/new", source.get("./bob/s"));
        // When
        Passes.Planned planned = passes.plan(Kind.FINAL);
        // Then
        assertThat(planned.plan().paths(false, true)).containsExactly("./bob/s");
        assertThat(planned.plan().paths(false, false)).containsExactly("./ada/new");
        assertThat(planned.totals().chunks()).hasSize(1);
    }

    @Test
    void takesAnUnchangedNameAlongWhenAnotherOneWasMovedWithItsDirectory() throws InterruptedException {
        // Given
        source.move("./ada", "./eve");
        // When
        Passes.Planned planned = passes.plan(Kind.FINAL);
        // Then
        assertThat(planned.plan().paths(false, false)).containsExactly("./eve", "./eve/p", "./eve/r");
        assertThat(planned.plan().paths(false, true)).containsExactly("./bob/q");
        assertThat(planned.totals().chunks()).hasSize(1);
        assertThat(planned.totals().broken()).isEmpty();
    }

    @Test
    void forcesWhatIsOneFileOnTheTargetAndTwoInTheSource() throws InterruptedException {
        // Given
        target.put("./bob/s", target.get("./ada/r"));
        target.get("./bob").setAttributes(source.get("./bob"));
        // When // Then
        assertThat(forced()).containsExactly("./ada/r", "./bob/s");
    }

    @Test
    void forcesWhatIsTwoFilesOnTheTargetAndOneInTheSource() throws InterruptedException {
        // Given
        ModelNode alone = target.newNode('f');
        alone.content = "linked";
        alone.setAttributes(source.get("./ada/p"));
        target.put("./ada/p", alone);
        // When // Then
        assertThat(forced()).containsExactly("./ada/p", "./bob/q");
    }

    @Test
    void forcesAFileThatHasASurplusNameOnTheTarget() throws InterruptedException {
        // Given
        target.put("./bob/surplus", target.get("./ada/r"));
        // When // Then
        assertThat(forced()).containsExactly("./ada/r");
    }

    @Test
    void takesNoNoticeOfNamesOutsideOfTheTrees() throws InterruptedException {
        // Given
        target.get("./ada/r").outside++;
        target.get("./ada/p").outside++;
        // When // Then
        assertThat(passes.plan(Kind.FINAL).plan().isEmpty()).isTrue();
    }

    @Test
    void renewsASymbolicLinkThatSharesItsInodeInTheFinalPassOnly() throws InterruptedException {
        // Given
        ModelNode link = source.newNode('l');
        link.content = "target";
        source.put("./ada/l", link);
        source.put("./bob/l", link);
        passes.sync();
        ModelNode other = source.newNode('l');
        other.content = "target";
        source.put("./bob/l", other);
        // When
        Passes.Planned seed = passes.plan(Kind.SEED);
        Passes.Planned last = passes.plan(Kind.FINAL);
        // Then
        assertThat(seed.plan().cleared).isEmpty();
        assertThat(last.plan().cleared).containsExactly("./ada/l", "./bob/l");
        assertThat(last.plan().paths(false, false)).containsExactly("./ada/l", "./bob/l");
    }
}
