package dev.hubferry.storage.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.storage.domain.content.HashedBatch.Clocks;
import dev.hubferry.storage.domain.content.HashedFile.Place;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReuseRuleTest {
    private static final String HASH = "ab".repeat(32);
    private static final Place HERE = new Place("7", "ext4");
    private static final Place ELSEWHERE = new Place("9", "nfs4");

    @Test
    void keepsAHashOfAFileThatWasOldAndSteady() {
        assertThat(reusable("1000.0", file(HERE, "900.5", "900.5")))
                .containsExactly(new ContentHash("./ada/a", stamp("900.5"), HASH));
    }

    @Test
    void keepsNoneOfAFileThatChangedWithinATickBeforeHashingOrLater() {
        assertThat(reusable("1000.0", file(HERE, "997.999999999", "997.999999999")))
                .hasSize(1);
        assertThat(reusable("1000.0", file(HERE, "998", "998"))).isEmpty();
        assertThat(reusable("1000.0", file(HERE, "999.5", "999.5"))).isEmpty();
        assertThat(reusable("1000.0", file(HERE, "1000", "1000"))).isEmpty();
        assertThat(reusable("1000.0", file(HERE, "4000", "4000"))).isEmpty();
    }

    @Test
    void keepsNoneOfAFileThatMovedWhileItWasHashed() {
        assertThat(reusable("1000.0", file(HERE, "900", "999.9"))).isEmpty();
        HashedFile other = new HashedFile(
                "./ada/a",
                Optional.of(HERE),
                Optional.of(stamp("900")),
                Optional.of(HASH),
                Optional.of(new FileStamp("13", "900", 5)));
        HashedFile grown = new HashedFile(
                "./ada/a",
                Optional.of(HERE),
                Optional.of(stamp("900")),
                Optional.of(HASH),
                Optional.of(new FileStamp("12", "900", 6)));
        assertThat(reusable("1000.0", other)).isEmpty();
        assertThat(reusable("1000.0", grown)).isEmpty();
    }

    @Test
    void keepsNoneOfWhatCouldNotBeReadOrIsNoFile() {
        Optional<FileStamp> stamp = Optional.of(stamp("900"));
        assertThat(reusable("1000.0", new HashedFile("./ada/a", Optional.of(HERE), stamp, Optional.empty(), stamp)))
                .isEmpty();
        assertThat(reusable("1000.0", new HashedFile("./ada/a", Optional.of(HERE), stamp, Optional.of("8:1"), stamp)))
                .isEmpty();
        assertThat(reusable(
                        "1000.0",
                        new HashedFile(
                                "./ada/a", Optional.empty(), Optional.empty(), Optional.of(HASH), Optional.empty())))
                .isEmpty();
    }

    @Test
    void doesNotTrustTheHostsClockForAFileSystemThatIsElsewhere() {
        // Its clock may be an hour behind: 900 is then the very second of hashing.
        assertThat(reusable("4500.0", file(ELSEWHERE, "900", "900"))).isEmpty();
    }

    @Test
    void takesTheNewestCtimeForTheTimeOfAFileSystemThatIsElsewhere() {
        HashedFile newest = named("./ada/b", ELSEWHERE, "903");
        assertThat(reusable("4500.0", file(ELSEWHERE, "900", "900"), newest))
                .extracting(ContentHash::path)
                .containsExactly("./ada/a");
        assertThat(reusable("4500.0", file(ELSEWHERE, "901.5", "901.5"), newest))
                .isEmpty();
        assertThat(reusable("4500.0", file(ELSEWHERE, "900", "900"), named("./ada/b", new Place("8", "nfs4"), "903")))
                .isEmpty();
    }

    @Test
    void takesACtimeInTheFutureForNoTime() {
        assertThat(reusable("4500.0", file(ELSEWHERE, "900", "900"), named("./ada/b", ELSEWHERE, "4501")))
                .isEmpty();
    }

    @Test
    void takesTheTimeOfAFileSystemThatIsElsewhereFromAFileJustMadeThere() {
        Clocks clocks = new Clocks(new BigDecimal("4500"), "9", new BigDecimal("903"));
        HashedFile future = named("./ada/b", ELSEWHERE, "4400");
        assertThat(ReuseRule.reusable(new HashedBatch(clocks, List.of(file(ELSEWHERE, "900", "900"), future), "")))
                .extracting(ContentHash::path)
                .containsExactly("./ada/a");
        assertThat(ReuseRule.reusable(new HashedBatch(clocks, List.of(file(ELSEWHERE, "902", "902"), future), "")))
                .isEmpty();
    }

    private static List<ContentHash> reusable(String host, HashedFile... files) {
        Clocks clocks = new Clocks(new BigDecimal(host), "1", new BigDecimal(host));
        return ReuseRule.reusable(new HashedBatch(clocks, Arrays.asList(files), ""));
    }

    private static HashedFile file(Place place, String before, String after) {
        return new HashedFile(
                "./ada/a",
                Optional.of(place),
                Optional.of(stamp(before)),
                Optional.of(HASH),
                Optional.of(stamp(after)));
    }

    private static HashedFile named(String path, Place place, String ctime) {
        return new HashedFile(
                path,
                Optional.of(place),
                Optional.of(stamp(ctime)),
                Optional.of(HASH),
                Optional.of(new FileStamp("12", "0", 5)));
    }

    private static FileStamp stamp(String ctime) {
        return new FileStamp("12", ctime, 5);
    }
}
