package dev.hubferry.orchestrator.api.spec;

import static dev.hubferry.orchestrator.api.spec.SpecField.optional;
import static dev.hubferry.orchestrator.api.spec.SpecField.required;

import dev.hubferry.orchestrator.api.spec.SpecField.Form;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every field of a spec, in the order in which people write them: the words of the OpenAPI document and of docs/spec.md. What is said
 * here of a field is what {@link SpecReader} does with it; a test tries that.
 */
public final class SpecFields {
    private SpecFields() {}

    /** A field before those in it. */
    public static List<SpecField> all() {
        return Stream.of(
                        Stream.of(required(
                                "name",
                                Form.TEXT,
                                "what people call the migration, up to 200 characters; several may have the same")),
                        hub("source", "the hub to move"),
                        hub("target", "the hub that takes its place, installed already; not the source"),
                        homes(),
                        database(),
                        dns(),
                        cutover(),
                        approvals(),
                        Stream.of(
                                optional(
                                                "soak",
                                                Form.DURATION,
                                                "for how long the new hub is watched, after users were let in, before somebody is asked whether the leftovers of the old one may go; up to 366 days")
                                        .or("\"P1D\""),
                                optional(
                                                "priority",
                                                Form.CHOICE,
                                                "its place among the migrations that wait for the same scarce thing; can be changed later")
                                        .of(words(
                                                "HIGH", "before all others that wait",
                                                "NORMAL", "among equals it is the one that waits longest",
                                                "LOW", "when nobody else waits"))
                                        .or("\"NORMAL\"")))
                .flatMap(fields -> fields)
                .toList();
    }

    private static Stream<SpecField> hub(String path, String meaning) {
        return Stream.of(
                required(path, Form.OBJECT, meaning),
                required(
                        path + ".cluster",
                        Form.TEXT,
                        "the name of a cluster connection, as GET /api/v1/connections shows it"),
                required(path + ".namespace", Form.TEXT, "the hub's namespace there"),
                optional(
                        path + ".release",
                        Form.TEXT,
                        "the hub's Helm release; needed when more than one hub is in the namespace"));
    }

    private static Stream<SpecField> homes() {
        return Stream.of(
                        Stream.of(
                                required(
                                        "homes",
                                        Form.OBJECT,
                                        "where the home directories are, where they go, and in what that is not simply a copy")),
                        directory("homes.source", "where the homes are"),
                        directory(
                                "homes.target",
                                "where they go: the directory that the new hub mounts; neither may be inside the other"),
                        Stream.of(
                                optional(
                                                "homes.existing",
                                                Form.CHOICE,
                                                "what to do about homes that stand on the target already")
                                        .of(
                                                words(
                                                        "REFUSE", "name them, and do not begin",
                                                        "ADOPT_OWN",
                                                                "go on with those that an earlier migration from the same source left there; refuse all others"))
                                        .or("\"REFUSE\""),
                                optional(
                                                "homes.exclude",
                                                Form.TEXTS,
                                                "what is not moved, up to 100 patterns: a name such as .cache or *.tmp, at any depth, or a path below each home such as work/*/scratch")
                                        .or("[]"),
                                optional(
                                        "homes.ownership",
                                        Form.OBJECT,
                                        "whose everything becomes on the target; without it numeric owners stay as they are"),
                                required("homes.ownership.uid", Form.NUMBER, "the user, from 1: never root"),
                                required("homes.ownership.gid", Form.NUMBER, "the group, from 0"),
                                optional(
                                                "homes.consents",
                                                Form.CHOICES,
                                                "losses that are accepted; without the consent a migration that would lose such a thing is refused")
                                        .of(
                                                words(
                                                        "LOSE_ATTRIBUTES",
                                                                "extended attributes, file capabilities among them, where the target's file system cannot keep them",
                                                        "LOSE_ACLS",
                                                                "ACLs, where the target's file system cannot keep them, or with homes.ownership"))
                                        .or("[]")))
                .flatMap(fields -> fields);
    }

    private static Stream<SpecField> directory(String path, String meaning) {
        return Stream.of(
                required(path, Form.OBJECT, meaning),
                required(
                        path + ".storage",
                        Form.TEXT,
                        "the name of a storage connection, as GET /api/v1/connections shows it"),
                required(
                        path + ".path",
                        Form.TEXT,
                        "the directory whose entries are the homes: the absolute path that the storage server itself sees, not that of a mount"));
    }

    private static Stream<SpecField> database() {
        return Stream.of(
                optional("database", Form.OBJECT, "what may be lost of the hub's database, if anything"),
                optional(
                                "database.consents",
                                Form.CHOICES,
                                "losses that are accepted; without the consent a migration that would lose such a thing is refused")
                        .of(
                                words(
                                        "LOSE_AUTH_STATE",
                                                "users' encrypted auth state, which the target cannot read since it lacks the source's crypt keys",
                                        "REPLACE_TARGET_USERS",
                                                "the target's own database, though it holds users; it is replaced, and kept beside the new one"))
                        .or("[]"));
    }

    private static Stream<SpecField> dns() {
        return Stream.of(
                required("dns", Form.OBJECT, "the name that users know"),
                required("dns.zone", Form.TEXT, "the name of a zone connection, as GET /api/v1/connections shows it"),
                required(
                        "dns.name",
                        Form.TEXT,
                        "the hub's full name, such as astro.example.org, without https:// and without a path"),
                optional(
                                "dns.cutoverTtl",
                                Form.DURATION,
                                "the time to live that the record is lowered to before the cut, and for which the old address may stay in caches after it; up to a day. It is restored at the end")
                        .or("\"PT5M\""));
    }

    private static Stream<SpecField> cutover() {
        return Stream.of(
                optional(
                        "cutover",
                        Form.OBJECT,
                        "when the hub may be down and for how long. A limit that passes before users are let into the target takes the migration back, so that they have their old hub again; after that the limits mean nothing"),
                optional("cutover.start", Form.TIME, "before this the hub is not closed"),
                optional(
                        "cutover.end",
                        Form.TIME,
                        "from this on the hub is not closed, and one that is closed is taken back; after the start, and still to come"),
                optional(
                        "cutover.maxDowntime",
                        Form.DURATION,
                        "how long after the hub was closed it is taken back; more than 0s, up to 366 days"),
                optional(
                        "cutover.finalPassBudget",
                        Form.DURATION,
                        "how long the final pass over the homes may take by its forecast: above it the hub is closed only when a person has said so, with a reason. Not more than maxDowntime"),
                optional(
                                "cutover.onTrouble",
                                Form.CHOICE,
                                "what happens when a step needs a person while the hub is down")
                        .of(words(
                                "TAKE_BACK", "users get their old hub again",
                                "PARK", "the hub stays down until somebody has come, or a limit of the cutover passes"))
                        .or("\"TAKE_BACK\""),
                optional(
                                "cutover.onLateWrites",
                                Form.CHOICE,
                                "what happens when something was written on the source after the final pass had begun")
                        .of(
                                words(
                                        "TAKE_BACK", "users get their old hub again, with all that was written",
                                        "COPY_AGAIN",
                                                "it is copied by up to two more passes; when something is written even then, users get their old hub again"))
                        .or("\"TAKE_BACK\""));
    }

    private static Stream<SpecField> approvals() {
        return Stream.of(
                optional("approvals", Form.OBJECT, "how people answer the gates"),
                optional(
                                "approvals.expiry",
                                Form.DURATION,
                                "how long a gate waits for an answer; then the migration is taken back, or parked after the pivot. More than 0s, up to 366 days")
                        .or("\"P7D\""),
                optional(
                                "approvals.fourEyes",
                                Form.FLAG,
                                "whether somebody else has to approve than who requested the migration")
                        .or("false"));
    }

    /** Words and their meanings, in turns. */
    private static Map<String, String> words(String... wordsAndMeanings) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < wordsAndMeanings.length; i += 2) {
            words.put(wordsAndMeanings[i], wordsAndMeanings[i + 1]);
        }
        return Collections.unmodifiableMap(words);
    }
}
