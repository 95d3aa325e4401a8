package dev.hubferry.orchestrator.page.form;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.connections.ConnectionBoard;
import dev.hubferry.orchestrator.connections.ConnectionJudge;
import dev.hubferry.orchestrator.connections.Overview;
import dev.hubferry.orchestrator.page.form.Field.Kind;
import dev.hubferry.orchestrator.page.form.Field.Option;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All fields of a spec, with the connections there are. */
@Singleton
public final class SpecFields {
    private static final String DURATION = "such as 300s, 5m, 2h or 7d";
    private static final String INSTANT = "with its offset, such as 2026-12-05T02:00:00Z";

    private final ConnectionBoard board;
    private final ConnectionJudge judge;
    private final Clock clock;

    SpecFields(ConnectionBoard board, ConnectionJudge judge, Clock clock) {
        this.board = board;
        this.judge = judge;
        this.clock = clock;
    }

    public List<Group> groups() {
        Overview overview = judge.overview(board.heard(), clock.instant());
        return List.of(
                new Group(
                        "What it is called",
                        false,
                        List.of(Field.text("/name", "Name", "for people, such as “astro to the new cluster”")
                                .needed())),
                side("From", "source", overview),
                side("To", "target", overview),
                new Group(
                        "The name that users know",
                        false,
                        List.of(
                                connection("/dns/zone", "Zone", ConnectionKind.ZONE, overview),
                                Field.text("/dns/name", "DNS name", "what users type, such as hub.example.org")
                                        .needed(),
                                Field.text(
                                        "/dns/cutoverTtl",
                                        "Time to live for the cutover",
                                        DURATION + "; 300s when empty"))),
                cutover(),
                homes(),
                approvals());
    }

    private static Group side(String legend, String side, Overview overview) {
        return new Group(
                legend,
                false,
                List.of(
                        connection("/" + side + "/cluster", "Cluster", ConnectionKind.CLUSTER, overview),
                        Field.text("/" + side + "/namespace", "Namespace", "").needed(),
                        Field.text(
                                "/" + side + "/release",
                                "Helm release",
                                "only when the namespace has more than one hub"),
                        connection("/homes/" + side + "/storage", "Storage server", ConnectionKind.STORAGE, overview),
                        Field.text(
                                        "/homes/" + side + "/path",
                                        "Directory of the homes",
                                        "as the storage server itself sees it")
                                .needed()));
    }

    private static Group cutover() {
        return new Group(
                "When the hub may be down",
                true,
                List.of(
                        Field.text("/cutover/start", "Not before", INSTANT),
                        Field.text("/cutover/end", "Not after", INSTANT),
                        Field.text("/cutover/maxDowntime", "At most for", DURATION + "; then it is taken back"),
                        Field.text(
                                "/cutover/finalPassBudget",
                                "Budget of the final pass",
                                DURATION + "; above it a person has to allow it"),
                        choice(
                                "/cutover/onTrouble",
                                "When a step needs somebody meanwhile",
                                MigrationSpec.OnTrouble.values(),
                                each -> switch (each) {
                                    case TAKE_BACK -> "take it back";
                                    case PARK -> "park it, with the hub down";
                                }),
                        choice(
                                "/cutover/onLateWrites",
                                "When something is written after the freeze",
                                OnLateWrites.values(),
                                each -> switch (each) {
                                    case TAKE_BACK -> "take it back";
                                    case COPY_AGAIN -> "copy that, too";
                                })));
    }

    private static Group homes() {
        return new Group(
                "What becomes of the data",
                true,
                List.of(
                        choice(
                                "/homes/existing",
                                "Homes that are on the target already",
                                ExistingHomes.values(),
                                each -> switch (each) {
                                    case REFUSE -> "refuse";
                                    case ADOPT_OWN -> "go on from those of an earlier attempt";
                                }),
                        new Field(
                                "/homes/exclude",
                                "Left out",
                                "one pattern a line, such as .cache/",
                                Kind.LINES,
                                false,
                                List.of()),
                        new Field(
                                "/homes/ownership/uid",
                                "Everything becomes user",
                                "a number; empty: owners stay",
                                Kind.WHOLE,
                                false,
                                List.of()),
                        new Field(
                                "/homes/ownership/gid",
                                "and group",
                                "a number; empty: groups stay",
                                Kind.WHOLE,
                                false,
                                List.of()),
                        checks(
                                "/homes/consents",
                                "Losses of homes that are accepted",
                                HomesConsent.values(),
                                each -> switch (each) {
                                    case LOSE_ATTRIBUTES -> "extended attributes that the target cannot keep";
                                    case LOSE_ACLS -> "ACLs that the target cannot keep";
                                }),
                        checks(
                                "/database/consents",
                                "Losses of the database that are accepted",
                                DatabaseConsent.values(),
                                each -> switch (each) {
                                    case LOSE_AUTH_STATE -> "auth state that the target has no keys for";
                                    case REPLACE_TARGET_USERS -> "the users of the target's own database";
                                })));
    }

    private static Group approvals() {
        return new Group(
                "Approvals, and afterwards",
                true,
                List.of(
                        Field.text("/approvals/expiry", "Gates wait for", DURATION + "; 7d when empty"),
                        new Field(
                                "/approvals/fourEyes",
                                "Somebody else than who requests it has to approve",
                                "",
                                Kind.FLAG,
                                false,
                                List.of()),
                        Field.text("/soak", "Watch the new hub for", DURATION + "; 1d when empty"),
                        choice("/priority", "Place in queues", Priority.values(), each -> switch (each) {
                            case LOW -> "low";
                            case NORMAL -> "normal";
                            case HIGH -> "high";
                        })));
    }

    private static Field connection(String pointer, String label, ConnectionKind kind, Overview overview) {
        List<Option> options = new ArrayList<>(List.of(new Option("", "choose one")));
        overview.lines().stream()
                .filter(line -> line.kind() == kind && line.usableInSpecs())
                .map(line -> new Option(line.name(), line.name() + " – " + told(line.state())))
                .forEach(options::add);
        return new Field(pointer, label, "", Kind.SELECT, true, options);
    }

    private static String told(Overview.State state) {
        return switch (state) {
            case ANSWERS -> "answers";
            case FAILS -> "does not answer";
            case UNKNOWN -> "not heard of lately";
        };
    }

    private static <E extends Enum<E>> Field choice(
            String pointer, String label, E[] values, Function<E, String> word) {
        Stream<Option> named = options(values, word);
        return new Field(
                pointer,
                label,
                "",
                Kind.SELECT,
                false,
                Stream.concat(Stream.of(new Option("", "as usual")), named).toList());
    }

    private static <E extends Enum<E>> Field checks(
            String pointer, String label, E[] values, Function<E, String> word) {
        return new Field(
                pointer, label, "", Kind.CHECKS, false, options(values, word).toList());
    }

    private static <E extends Enum<E>> Stream<Option> options(E[] values, Function<E, String> word) {
        return Arrays.stream(values).map(each -> new Option(each.name(), word.apply(each)));
    }
}
