package dev.hubferry.db.domain;

import static dev.hubferry.db.domain.FakeHubs.SOURCE;
import static dev.hubferry.db.domain.FakeHubs.TARGET;
import static dev.hubferry.db.domain.FakeHubs.examination;
import static dev.hubferry.db.domain.FakeHubs.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.db.MemoryTask;
import dev.hubferry.db.adapter.disk.PrivateWorkplace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckDatabaseTest {
    private final FakeHubs hubs = new FakeHubs();

    @TempDir
    Path directory;

    private DbReply.DatabaseChecked check(DatabaseConsent... consents) throws InterruptedException {
        return new CheckDatabase(hubs, hubs, PrivateWorkplace.at(directory), hubs)
                .check(SOURCE, TARGET, Set.of(consents), MemoryTask.of("m1"));
    }

    private Rejected rejection(DatabaseConsent... consents) {
        return catchThrowableOfType(Refusal.class, () -> check(consents)).rejected();
    }

    private void profile(HubRef hub, DatabaseKind kind, HubVersion version, HubSecrets secrets) {
        hubs.profiles.put(hub, new HubProfile(hub, kind, version, false, secrets));
    }

    private static Examination found(
            Optional<String> head, long authStates, Set<String> namespaces, Map<String, Long> broken) {
        return new Examination(
                List.of(), head, 100, Set.of("ann", "bob"), authStates, 0, namespaces, broken, Map.of("users", 2L));
    }

    @Test
    void saysWhatWillMoveAndChangesNothing() throws Exception {
        // When
        DbReply.DatabaseChecked checked = check();

        // Then
        assertThat(checked).isEqualTo(new DbReply.DatabaseChecked("sqlite-pvc", FakeHubs.HEAD, 2, 100, 0, List.of()));
        assertThat(hubs.log).isEmpty();
        assertThat(hubs.open).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "postgres", "other", "sqlite-memory"})
    void refusesDatabasesThatAreNoFileOnAVolume(String type) {
        // Given
        profile(SOURCE, DatabaseKind.of(type), new HubVersion.Unknown(), FakeHubs.SECRETS);

        // When
        Rejected rejected = rejection();

        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.DATABASE_KIND_UNSUPPORTED);
        assertThat(rejected.detail()).contains("hub old/astro", type);
    }

    @Test
    void stillExaminesTheOtherSideWhenOneIsRefused() {
        // Given
        profile(SOURCE, DatabaseKind.of("mysql"), new HubVersion.Unknown(), FakeHubs.SECRETS);
        profile(TARGET, DatabaseKind.of("postgres"), new HubVersion.Unknown(), FakeHubs.SECRETS);

        // When
        Rejected rejected = rejection();

        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.CHECKS_FAILED);
        assertThat(rejected.problems()).extracting(Problem::where).containsExactly("hub old/astro", "hub new/stars");
    }

    @Test
    void isWorthAnotherTryWhenNeitherClusterAnswers() {
        // Given
        hubs.profiles.clear();

        // When
        Rejected rejected = rejection();

        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE);
        assertThat(rejected.problems()).hasSize(2);
    }

    @Test
    void refusesASourceWithoutADatabase() {
        // Given
        hubs.volume(SOURCE).clear();

        // When // Then
        assertThat(rejection().code()).isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
    }

    @Test
    void refusesADamagedSource() {
        // Given
        hubs.put(SOURCE, "torn", Examination.damaged(List.of("row 7 missing from index"), 100));

        // When
        Rejected rejected = rejection();

        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.DATABASE_CORRUPT);
        assertThat(rejected.detail()).contains("row 7 missing from index");
    }

    @Test
    void refusesASchemaWithoutAName() {
        // Given
        hubs.put(SOURCE, "old one", found(Optional.empty(), 0, Set.of(), Map.of()));

        // When // Then
        assertThat(rejection().code()).isEqualTo(ErrorCode.DATABASE_SCHEMA_UNKNOWN);
    }

    @Test
    void refusesWhenTheTargetsVersionCannotBeFound() {
        // Given
        profile(TARGET, new DatabaseKind.SqliteOnVolume(), new HubVersion.Unknown(), FakeHubs.SECRETS);

        // When // Then
        assertThat(rejection().code()).isEqualTo(ErrorCode.DATABASE_SCHEMA_UNKNOWN);
    }

    @Test
    void saysThatTheTargetWillUpgradeAndThatItIsNotToldTo() throws Exception {
        // Given
        profile(TARGET, new DatabaseKind.SqliteOnVolume(), new HubVersion.Known("4.1.5", "label"), FakeHubs.SECRETS);

        // When
        List<Notice> notices = check().notices();

        // Then
        assertThat(notices)
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.text()).contains("JupyterHub 3.x", "JupyterHub 4.x", "hub.db.upgrade=true"));
    }

    @Test
    void acceptsUsersThatBothSidesHave() throws Exception {
        // Given
        hubs.put(TARGET, "own", examination("ann"));

        // When // Then
        assertThat(check().targetUsers()).isEqualTo(1);
    }

    @Test
    void namesUsersThatOnlyTheTargetHas() {
        // Given
        hubs.put(TARGET, "own", examination("ann", "zoe", "yan"));

        // When
        Rejected rejected = rejection();

        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.DATABASE_TARGET_HAS_USERS);
        assertThat(rejected.detail()).contains("2 users", "yan, zoe");
    }

    @Test
    void doesNotReplaceATargetThatCannotBeReadWithoutConsent() throws Exception {
        // Given
        hubs.put(TARGET, "own", Examination.damaged(List.of("file is not a database"), 100));

        // When // Then
        assertThat(rejection().code()).isEqualTo(ErrorCode.DATABASE_TARGET_HAS_USERS);
        assertThat(check(DatabaseConsent.REPLACE_TARGET_USERS).notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("cannot be read", "a copy stays"));
    }

    @Test
    void refusesToLoseAuthStateWithoutConsent() throws Exception {
        // Given
        hubs.put(SOURCE, "source", found(Optional.of(FakeHubs.HEAD), 7, Set.of(), Map.of()));
        profile(
                TARGET,
                new DatabaseKind.SqliteOnVolume(),
                new HubVersion.Known("3.0.0", "label"),
                new HubSecrets(
                        FakeHubs.SECRETS.cookieSecret(),
                        Set.of(print("other")),
                        false,
                        FakeHubs.SECRETS.serviceTokens()));

        // When // Then
        Rejected rejected = rejection();
        assertThat(rejected.code()).isEqualTo(ErrorCode.AUTH_STATE_WOULD_BE_LOST);
        assertThat(rejected.detail()).contains("7 users");
        assertThat(check(DatabaseConsent.LOSE_AUTH_STATE).notices())
                .extracting(Notice::where)
                .containsExactly("auth state");
    }

    @Test
    void refusesToLoseAuthStateWhoseKeysCannotBeCompared() throws Exception {
        // Given
        hubs.put(SOURCE, "source", found(Optional.of(FakeHubs.HEAD), 7, Set.of(), Map.of()));

        for (boolean inEnvironment : List.of(true, false)) {
            profile(
                    SOURCE,
                    new DatabaseKind.SqliteOnVolume(),
                    new HubVersion.Known("3.0.0", "label"),
                    new HubSecrets(
                            FakeHubs.SECRETS.cookieSecret(),
                            Set.of(),
                            inEnvironment,
                            FakeHubs.SECRETS.serviceTokens()));

            // When // Then
            Rejected rejected = rejection();
            assertThat(rejected.code()).isEqualTo(ErrorCode.AUTH_STATE_WOULD_BE_LOST);
            assertThat(rejected.detail().contains("JUPYTERHUB_CRYPT_KEY")).isEqualTo(inEnvironment);
            assertThat(check(DatabaseConsent.LOSE_AUTH_STATE).notices())
                    .extracting(Notice::where)
                    .containsExactly("auth state");
        }
    }

    @Test
    void isContentWhenTheTargetHasTheSourcesKeysBesideItsOwn() throws Exception {
        // Given
        hubs.put(SOURCE, "source", found(Optional.of(FakeHubs.HEAD), 7, Set.of(), Map.of()));
        profile(
                TARGET,
                new DatabaseKind.SqliteOnVolume(),
                new HubVersion.Known("3.0.0", "label"),
                new HubSecrets(
                        FakeHubs.SECRETS.cookieSecret(),
                        Set.of(print("other"), print("key")),
                        false,
                        FakeHubs.SECRETS.serviceTokens()));

        // When // Then
        assertThat(check().notices()).isEmpty();
    }

    @Test
    void saysWhatUsersWillNotice() throws Exception {
        // Given
        profile(
                TARGET,
                new DatabaseKind.SqliteOnVolume(),
                new HubVersion.Known("3.0.0", "label"),
                new HubSecrets(Optional.of(print("another")), Set.of(), false, Map.of("grader", print("new token"))));

        // When
        List<Notice> notices = check().notices();

        // Then
        assertThat(notices).extracting(Notice::where).containsExactly("cookie secret", "service tokens");
        assertThat(notices.getFirst().text()).contains("log in again");
        assertThat(notices.getLast().text()).contains("grader");
    }

    @Test
    void saysWhatTheCopyWillSay() throws Exception {
        // Given
        hubs.put(
                SOURCE,
                "source",
                found(Optional.of(FakeHubs.HEAD), 0, Set.of("astro", "lab"), Map.of("user_group_map", 2L)));

        // When
        List<Notice> notices = check().notices();

        // Then
        assertThat(notices).extracting(Notice::where).containsExactly("namespace", "namespace", "references");
        assertThat(notices.get(0).text()).contains("astro", "stars");
        assertThat(notices.get(1).text()).contains("lab").doesNotContain("astro");
        assertThat(notices.get(2).text()).contains("user_group_map=2");
    }

    @Test
    void refusesAVolumeThatIsTooFull() {
        // Given
        hubs.freeBytes = 199;

        // When
        Rejected rejected = rejection();

        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.TARGET_FULL);
        assertThat(rejected.detail()).contains("199", "200");
    }
}
