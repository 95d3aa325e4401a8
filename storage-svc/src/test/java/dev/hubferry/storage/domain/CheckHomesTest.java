package dev.hubferry.storage.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesOwner;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.StorageReply.HomesChecked;
import dev.hubferry.contracts.Transport;
import dev.hubferry.storage.domain.Inspection.Marker;
import dev.hubferry.storage.domain.Inspection.SourceFacts;
import dev.hubferry.storage.domain.Inspection.TargetFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckHomesTest {
    private static final HomesRef SOURCE = new HomesRef("old", "/export/homes");
    private static final HomesRef TARGET = new HomesRef("new", "/export/homes");
    private static final SourceFacts HOMES = homes(List.of("ada", "grace"), 2, 2, 2);
    private static final TargetFacts ROOM = room(List.of(), List.of(), 2_000_000, 2_000);

    @Test
    void countsWhatWillBeMoved() throws InterruptedException {
        // When
        HomesChecked checked = check(HOMES, ROOM, ExistingHomes.REFUSE);
        // Then
        assertThat(checked)
                .isEqualTo(new HomesChecked(
                        2, 1_000, 5_000_000, 2_000_000, 2_000, List.of(), Optional.of(Transport.RSYNC)));
    }

    @Test
    void saysTheNumbersWhenTheTargetIsTooSmall() {
        // When
        List<Problem> problems = problems(HOMES, room(List.of(), List.of(), 1_000_000, 1_000), ExistingHomes.REFUSE);
        // Then
        assertThat(problems).extracting(Problem::code).containsOnly(ErrorCode.TARGET_FULL);
        assertThat(problems)
                .extracting(Problem::detail)
                .containsExactly(
                        "needs 1,050,000 bytes, but 1,000,000 are free", "needs 1,050 inodes, but 1,000 are free");
    }

    @Test
    void namesHomesThatStandOnTheTarget() {
        // When
        List<Problem> problems =
                problems(HOMES, room(List.of("grace", "other"), List.of(), 2_000_000, 2_000), ExistingHomes.REFUSE);
        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.HOMES_EXIST_ON_TARGET);
            assertThat(problem.detail()).contains("'grace'").doesNotContain("other");
            assertThat(problem.remedy()).contains("ADOPT_OWN");
        });
    }

    @Test
    void adoptsOnlyHomesFromTheSameSource() throws InterruptedException {
        // Given
        List<Marker> own = List.of(new Marker("m0", "tree-1", List.of("ada", "grace")));
        List<Marker> others = List.of(new Marker("m0", "tree-2", List.of("ada", "grace")));
        List<String> standing = List.of("ada", "grace", "visitor");
        // When
        HomesChecked adopted = check(HOMES, room(standing, own, 10, 10), ExistingHomes.ADOPT_OWN);
        List<Problem> foreign = problems(HOMES, room(standing, others, 10, 10), ExistingHomes.ADOPT_OWN);
        List<Problem> unasked = problems(HOMES, room(standing, own, 10, 10), ExistingHomes.REFUSE);
        // Then
        assertThat(adopted.notices()).extracting(Notice::text).anyMatch(text -> text.contains("'visitor'"));
        assertThat(foreign).extracting(Problem::code).containsExactly(ErrorCode.HOMES_EXIST_ON_TARGET);
        assertThat(unasked).extracting(Problem::code).containsExactly(ErrorCode.HOMES_EXIST_ON_TARGET);
    }

    @Test
    void refusesAnEmptySourceAndWhatIsNoHomesOfAHub() {
        assertThat(problems(homes(List.of(), 0, 0, 0), ROOM, ExistingHomes.REFUSE))
                .extracting(Problem::code)
                .containsExactly(ErrorCode.SOURCE_EMPTY);
        assertThat(problems(homes(List.of("etc", "usr", "ada"), 3, 1, 1), ROOM, ExistingHomes.REFUSE))
                .extracting(Problem::code)
                .containsExactly(ErrorCode.HOMES_LAYOUT_UNKNOWN);
    }

    @Test
    void refusesATargetThatWouldLoseAttributes() {
        // Given
        TargetFacts plain = new TargetFacts("vfat", 2_000_000, 2_000, List.of(), List.of(), false, false);
        SourceFacts rich = new SourceFacts(
                "tree-1", List.of("ada"), 1, 1, 1, 10, 10, 10, List.of(), List.of(), true, true, true, 0, 0);
        // When, Then
        assertThat(problems(rich, plain, ExistingHomes.REFUSE))
                .extracting(Problem::code)
                .containsExactly(ErrorCode.ATTRIBUTES_UNSUPPORTED, ErrorCode.ATTRIBUTES_UNSUPPORTED);
        assertThat(problems(HOMES, plain, ExistingHomes.REFUSE)).isEmpty();
    }

    @Test
    void goesOnWithoutAttributesWhenTheirLossIsAccepted() throws InterruptedException {
        // Given
        TargetFacts plain = new TargetFacts("vfat", 2_000_000, 2_000, List.of(), List.of(), false, false);
        SourceFacts rich = rich(true);
        // When, Then
        assertThat(problems(rich, plain, options(Optional.empty())))
                .extracting(Problem::remedy)
                .anyMatch(remedy -> remedy.endsWith("or accept the loss with LOSE_ATTRIBUTES in homes.consents"))
                .anyMatch(remedy -> remedy.endsWith("or accept the loss with LOSE_ACLS in homes.consents"));
        assertThat(problems(rich, plain, options(Optional.empty(), HomesConsent.LOSE_ACLS)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("extended attributes"));
        assertThat(check(rich, plain, options(Optional.empty(), HomesConsent.values()))
                        .notices())
                .extracting(Notice::text)
                .hasSize(2)
                .allMatch(text -> text.endsWith("accepts; the receipt does not compare them"))
                .anyMatch(text -> text.contains("its group has the rights of the ACL's mask"));
        assertThat(check(rich, ROOM, options(Optional.empty(), HomesConsent.values()))
                        .notices())
                .isEmpty();
    }

    @Test
    void refusesOneOwnerWhereAclsNameOthers() throws InterruptedException {
        // Given
        Optional<HomesOwner> owner = Optional.of(new HomesOwner(1000, 100));
        // When, Then
        assertThat(problems(rich(true), ROOM, options(owner)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.ATTRIBUTES_UNSUPPORTED));
        assertThat(check(rich(false), ROOM, options(owner)).notices())
                .extracting(Notice::text)
                .singleElement()
                .satisfies(text -> assertThat(text).contains("belongs to 1000:100"));
        assertThat(check(rich(true), ROOM, options(owner, HomesConsent.LOSE_ACLS))
                        .notices())
                .extracting(Notice::text)
                .anyMatch(text -> text.contains("ACLs are lost"));
    }

    private static SourceFacts rich(boolean namesInAcls) {
        return new SourceFacts(
                "tree-1", List.of("ada"), 1, 1, 1, 10, 10, 10, List.of(), List.of(), true, true, namesInAcls, 0, 0);
    }

    private static HomesOptions options(Optional<HomesOwner> owner, HomesConsent... consents) {
        return new HomesOptions(List.of(), owner, Set.of(consents));
    }

    private static HomesChecked check(SourceFacts homes, TargetFacts place, HomesOptions options)
            throws InterruptedException {
        Inspection seen = new Inspection(List.of(), Optional.of(homes), Optional.of(place), List.of());
        return new CheckHomes((source, target, asked) -> seen).check(SOURCE, TARGET, ExistingHomes.REFUSE, options);
    }

    private static List<Problem> problems(SourceFacts homes, TargetFacts place, HomesOptions options) {
        try {
            check(homes, place, options);
            return List.of();
        } catch (Refusal refusal) {
            return refusal.rejected().problems();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysEverythingAtOnce() {
        // Given
        Problem unreachable = new Problem(ErrorCode.SSH_UNREACHABLE, "old", "cannot be reached", "start it");
        Inspection seen = new Inspection(
                List.of(unreachable), Optional.of(homes(List.of(), 0, 0, 0)), Optional.empty(), List.of());
        // When
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> new CheckHomes((source, target, options) -> seen).check(SOURCE, TARGET, ExistingHomes.REFUSE));
        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.CHECKS_FAILED);
        assertThat(refusal.rejected().problems())
                .extracting(Problem::code)
                .containsExactly(ErrorCode.SSH_UNREACHABLE, ErrorCode.SOURCE_EMPTY);
    }

    private static HomesChecked check(SourceFacts homes, TargetFacts place, ExistingHomes existing)
            throws InterruptedException {
        Inspection seen = new Inspection(List.of(), Optional.of(homes), Optional.of(place), List.of());
        return new CheckHomes((source, target, options) -> seen).check(SOURCE, TARGET, existing);
    }

    private static List<Problem> problems(SourceFacts homes, TargetFacts place, ExistingHomes existing) {
        try {
            check(homes, place, existing);
            return List.of();
        } catch (Refusal refusal) {
            return refusal.rejected().problems();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static SourceFacts homes(List<String> names, long directories, long ownedByUsers, long ownedByHubUser) {
        return new SourceFacts(
                "tree-1",
                names,
                directories,
                ownedByUsers,
                ownedByHubUser,
                1_000,
                5_000_000,
                1_000_000,
                List.of(),
                List.of(),
                false,
                false,
                false,
                0,
                0);
    }

    private static TargetFacts room(List<String> names, List<Marker> markers, long bytes, long inodes) {
        return new TargetFacts("ext4", bytes, inodes, names, markers, true, true);
    }
}
