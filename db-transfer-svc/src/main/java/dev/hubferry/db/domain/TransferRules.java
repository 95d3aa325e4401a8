package dev.hubferry.db.domain;

import static dev.hubferry.contracts.ErrorCode.AUTH_STATE_WOULD_BE_LOST;
import static dev.hubferry.contracts.ErrorCode.DATABASE_CORRUPT;
import static dev.hubferry.contracts.ErrorCode.DATABASE_KIND_UNSUPPORTED;
import static dev.hubferry.contracts.ErrorCode.DATABASE_NOT_FOUND;
import static dev.hubferry.contracts.ErrorCode.DATABASE_SCHEMA_UNKNOWN;
import static dev.hubferry.contracts.ErrorCode.DATABASE_TARGET_HAS_USERS;
import static dev.hubferry.contracts.ErrorCode.DATABASE_TOO_NEW;
import static dev.hubferry.contracts.ErrorCode.TARGET_FULL;

import dev.hubferry.contracts.DatabaseConsent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold before a database may move, and what its users will notice; pure. */
public final class TransferRules {
    private static final int NAMED_AT_MOST = 10;

    private final Set<DatabaseConsent> consents;

    /** @param consents the losses that the spec accepts */
    public TransferRules(Set<DatabaseConsent> consents) {
        this.consents = consents;
    }

    /** Whether the hub keeps its database where this service can carry it from or to; says so when not. */
    public static boolean judgeKind(HubProfile profile, Judgement judgement) {
        String where = HubProfile.where(profile.hub());
        return switch (profile.kind()) {
            case DatabaseKind.SqliteOnVolume onVolume -> true;
            case DatabaseKind.SqliteInMemory inMemory -> {
                judgement.problem(
                        DATABASE_KIND_UNSUPPORTED,
                        where,
                        "hub.db.type is sqlite-memory: the database lives in the hub's process and is gone when the hub stops",
                        "set hub.db.type to sqlite-pvc on both hubs; users then keep their groups, roles and tokens");
                yield false;
            }
            case DatabaseKind.Server server -> {
                judgement.problem(
                        DATABASE_KIND_UNSUPPORTED,
                        where,
                        "hub.db.type is " + server.type() + ", and only sqlite-pvc can be moved",
                        "move the hub to sqlite-pvc, or wait for a version that moves " + server.type());
                yield false;
            }
        };
    }

    /** Everything else but space, when both databases could be looked at. */
    public void judge(Side source, Side target, Judgement judgement) {
        Optional<Examination> examined = source.examination();
        if (examined.isEmpty()) {
            judgement.problem(
                    DATABASE_NOT_FOUND,
                    source.where(),
                    "there is no " + DatabaseFiles.MAIN + " on the hub's volume",
                    "check that this is the hub that users work on, and that it has started once");
            return;
        }
        if (!examined.get().sound()) {
            judgement.problem(
                    DATABASE_CORRUPT,
                    source.where(),
                    "the database is damaged: " + some(examined.get().damage()),
                    "repair it (sqlite3 .recover) while the hub is stopped, or put a sound backup in its place");
            return;
        }
        judgeSchema(source, target, examined.get(), judgement);
        judgeTargetUsers(source, target, judgement);
        judgeSecrets(source, target, examined.get(), judgement);
        describe(source, target, examined.get(), judgement);
    }

    private static void judgeSchema(Side source, Side target, Examination examined, Judgement judgement) {
        String head = examined.schemaHead().orElse("");
        if (head.isEmpty()) {
            judgement.problem(
                    DATABASE_SCHEMA_UNKNOWN,
                    source.where(),
                    "the database names no schema revision",
                    "start the source's hub with hub.db.upgrade=true once, so that its schema has a name");
            return;
        }
        Optional<String> targetHead = target.examination().flatMap(Examination::schemaHead);
        switch (SchemaVerdict.of(head, target.room().imageRevisions(), target.version(), targetHead)) {
            case SchemaVerdict.Fits fits -> {}
            case SchemaVerdict.WillBeUpgraded upgrade -> {
                String how = target.profile().upgradesDatabase()
                        ? "The target's hub upgrades it when it starts"
                        : "The target's hub is not told to upgrade (--upgrade-db is missing: set hub.db.upgrade=true) and may"
                                + " refuse to start";
                judgement.notice(
                        "schema", upgrade.detail() + ". " + how + "; an older hub cannot use the database afterwards.");
            }
            case SchemaVerdict.TooNew tooNew ->
                judgement.problem(
                        DATABASE_TOO_NEW,
                        source.where(),
                        tooNew.detail(),
                        "upgrade the target's hub to at least the source's JupyterHub");
            case SchemaVerdict.CannotTell unknown ->
                judgement.problem(
                        DATABASE_SCHEMA_UNKNOWN,
                        source.where(),
                        unknown.detail(),
                        "run the same JupyterHub release on both sides, from 1.5 on, and label the target's hub with"
                                + " app.kubernetes.io/version");
        }
    }

    private void judgeTargetUsers(Side source, Side target, Judgement judgement) {
        boolean accepted = consents.contains(DatabaseConsent.REPLACE_TARGET_USERS);
        boolean readable = target.examination().map(Examination::sound).orElse(true);
        Set<String> lost = new TreeSet<>(target.userNames());
        lost.removeAll(source.userNames());
        if (readable && lost.isEmpty()) {
            return;
        }
        String what = readable
                ? lost.size() + " users of the target are unknown to the source: " + some(lost)
                : "the target's own database cannot be read, so nobody knows its users: "
                        + some(target.examination().orElseThrow().damage());
        if (accepted) {
            judgement.notice(
                    "target users", what + ". As agreed the target's database is replaced; a copy stays beside it.");
            return;
        }
        judgement.problem(
                DATABASE_TARGET_HAS_USERS,
                target.where(),
                what,
                "remove these users from the target, or accept their loss with the consent REPLACE_TARGET_USERS");
    }

    private void judgeSecrets(Side source, Side target, Examination examined, Judgement judgement) {
        HubSecrets from = source.profile().secrets();
        HubSecrets to = target.profile().secrets();
        if (from.cookieSecret().isEmpty() || !from.cookieSecret().equals(to.cookieSecret())) {
            judgement.notice(
                    "cookie secret",
                    "The two hubs sign cookies with different secrets: every user has to log in again. To avoid it, give the"
                            + " target the source's hub.config.JupyterHub.cookie_secret.");
        }
        judgeAuthState(from, to, examined, target, judgement);
        List<String> services = from.serviceTokens().entrySet().stream()
                .filter(service -> !to.serviceTokens().entrySet().contains(service))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!services.isEmpty()) {
            judgement.notice(
                    "service tokens",
                    "The target's hub has another API token, or none, for: " + some(services)
                            + ". Programs that call the hub as these services need the target's.");
        }
    }

    private void judgeAuthState(
            HubSecrets from, HubSecrets to, Examination examined, Side target, Judgement judgement) {
        long users = examined.usersWithAuthState();
        if (users == 0) {
            return;
        }
        if (!from.cryptKeys().isEmpty() && to.cryptKeys().containsAll(from.cryptKeys())) {
            return;
        }
        String what = users + " users have an encrypted auth state, and " + whyUnreadable(from, to);
        if (consents.contains(DatabaseConsent.LOSE_AUTH_STATE)) {
            judgement.notice(
                    "auth state", what + ". As agreed it is lost; users get a new one when they log in again.");
            return;
        }
        judgement.problem(
                AUTH_STATE_WOULD_BE_LOST,
                target.where(),
                what,
                from.cryptKeys().isEmpty()
                        ? "give both hubs the keys as hub.config.CryptKeeper.keys, so that they can be compared, or accept the"
                                + " loss with the consent LOSE_AUTH_STATE"
                        : "add the source's keys to the target's hub.config.CryptKeeper.keys, behind the target's own, or accept"
                                + " the loss with the consent LOSE_AUTH_STATE");
    }

    /** Somebody encrypted it, so there was a key; one that is not found is not one that is not there. */
    private static String whyUnreadable(HubSecrets from, HubSecrets to) {
        if (!from.cryptKeys().isEmpty()) {
            return "the target's hub lacks the source's keys for it"
                    + (to.cryptKeyInEnvironment()
                            ? " (what its variable JUPYTERHUB_CRYPT_KEY holds is not looked at)"
                            : "");
        }
        return from.cryptKeyInEnvironment()
                ? "the source's hub has its keys in the variable JUPYTERHUB_CRYPT_KEY, which is not looked at: nobody can tell"
                        + " whether the target can read it"
                : "no key for it is found in the source's Secret: it may be given in another way, and nobody can tell whether"
                        + " the target can read it";
    }

    /** Whether the target's volume has room for the copy; to be asked before it is placed, for after that it has taken its room. */
    public static void judgeSpace(Side source, Side target, Judgement judgement) {
        long needed = source.examination().map(Examination::sizeBytes).orElse(0L) * 2;
        if (target.room().freeBytes() < needed) {
            judgement.problem(
                    TARGET_FULL,
                    target.where(),
                    "the hub's volume has " + target.room().freeBytes() + " bytes free, but the database needs "
                            + needed + " (twice its size, for the file and its journal)",
                    "enlarge the target's hub-db-dir");
        }
    }

    private static void describe(Side source, Side target, Examination examined, Judgement judgement) {
        String from = source.profile().hub().namespace();
        String to = target.profile().hub().namespace();
        if (!from.equals(to) && examined.stateNamespaces().contains(from)) {
            judgement.notice(
                    "namespace", "Servers' states name namespace " + from + "; in the copy they will name " + to + ".");
        }
        Set<String> others = new TreeSet<>(examined.stateNamespaces());
        others.remove(from);
        others.remove(to);
        if (!others.isEmpty()) {
            judgement.notice(
                    "namespace",
                    "Servers' states also name other namespaces, which stay as they are: " + some(others) + ".");
        }
        if (!examined.brokenReferences().isEmpty()) {
            judgement.notice(
                    "references",
                    "Rows that refer to rows that are gone move as they are: "
                            + new TreeMap<>(examined.brokenReferences()) + ".");
        }
    }

    private static String some(Collection<String> names) {
        String shown = String.join(", ", names.stream().limit(NAMED_AT_MOST).toList());
        return names.size() <= NAMED_AT_MOST ? shown : shown + " and " + (names.size() - NAMED_AT_MOST) + " more";
    }
}
