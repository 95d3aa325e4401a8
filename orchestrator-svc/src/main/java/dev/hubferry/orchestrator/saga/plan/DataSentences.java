package dev.hubferry.orchestrator.saga.plan;

import static dev.hubferry.orchestrator.saga.plan.Sentence.forwardOnly;
import static dev.hubferry.orchestrator.saga.plan.Sentence.looks;
import static dev.hubferry.orchestrator.saga.plan.Sentence.stays;
import static dev.hubferry.orchestrator.saga.plan.Sentence.undone;

import dev.hubferry.contracts.HomesOwner;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.Transport;
import dev.hubferry.orchestrator.saga.plan.Sentences.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What storage-svc will do to homes, and db-transfer-svc to the hub's database. */
final class DataSentences {
    private DataSentences() {}

    static Optional<Wording> of(String row) {
        @Nullable
        Wording wording = switch (row) {
            case "check-homes" -> DataSentences::checkHomes;
            case "open-route" -> DataSentences::openRoute;
            case "seed-homes" -> DataSentences::seedHomes;
            case "sync-final" -> DataSentences::syncFinal;
            case "verify-homes" -> DataSentences::verifyHomes;
            case "confirm-quiet", "confirm-still-quiet" -> DataSentences::confirmQuiet;
            case "close-route" -> DataSentences::closeRoute;
            case "check-database" -> DataSentences::checkDatabase;
            case "transfer-database" -> DataSentences::transferDatabase;
            default -> null;
        };
        return Optional.ofNullable(wording);
    }

    private static Sentence checkHomes(PlanFacts f) {
        return looks("Counts %s on %s%s and the room for them on %s%s."
                .formatted(
                        f.allHomes(),
                        f.oldHomes(),
                        f.onceMore().isEmpty() ? "" : f.onceMore() + ",",
                        f.newHomes(),
                        f.homes()
                                .map(found -> " (%s and %s free)"
                                        .formatted(
                                                Figures.bytes(found.targetFreeBytes()),
                                                Figures.count(found.targetFreeInodes(), "inode", "inodes")))
                                .orElse("")));
    }

    private static Sentence openRoute(PlanFacts f) {
        MigrationSpec.Homes homes = f.spec().homes();
        return undone(
                "Makes a key pair on %s, and lets that key read %s by a line in authorized_keys of %s that allows nothing else."
                        .formatted(
                                homes.target().storage(),
                                homes.source().path(),
                                homes.source().storage()),
                "Takes the line out of authorized_keys, and removes the key.");
    }

    private static Sentence seedHomes(PlanFacts f) {
        String by = f.homes()
                .flatMap(found -> found.transport())
                .map(DataSentences::by)
                .orElse("");
        return stays(
                        "Copies %s from %s to %s%s%s, in passes until little changes between them; those who were active last come first."
                                .formatted(
                                        f.allHomes(),
                                        f.oldHomes(),
                                        f.newHomes(),
                                        by,
                                        options(f.spec().homes())),
                        "Homes copied so far stay on %s, marked as Hubferry's; the next attempt goes on from them with homes.existing ADOPT_OWN."
                                .formatted(f.spec().homes().target().storage()))
                .noticed("Users go on working; %s has the load of the copy beside theirs."
                        .formatted(f.spec().homes().source().storage()));
    }

    private static String by(Transport transport) {
        return switch (transport) {
            case RSYNC -> " by rsync";
            case TAR -> " by tar streams";
        };
    }

    private static String options(MigrationSpec.Homes homes) {
        List<String> options = new ArrayList<>();
        if (!homes.exclude().isEmpty()) {
            options.add("without " + String.join(", ", homes.exclude()));
        }
        homes.ownership().map(DataSentences::owner).ifPresent(options::add);
        homes.consents().stream()
                .sorted()
                .map(consent -> "with consent " + consent)
                .forEach(options::add);
        return options.isEmpty() ? "" : " (" + String.join("; ", options) + ")";
    }

    private static String owner(HomesOwner owner) {
        return "everything given to %d:%d".formatted(owner.uid(), owner.gid());
    }

    private static Sentence syncFinal(PlanFacts f) {
        String late = f.spec().cutover().onLateWrites() == OnLateWrites.COPY_AGAIN
                ? " What is written meanwhile all the same is copied by a few more passes."
                : " When something is written meanwhile all the same, the migration is taken back.";
        return stays(
                "Copies what has changed since the last pass from %s to %s, and deletes there what is gone.%s"
                        .formatted(f.oldHomes(), f.newHomes(), late),
                "The copy stays on %s, as after seed-homes; %s was only read."
                        .formatted(f.spec().homes().target().storage(), f.oldHomes()));
    }

    private static Sentence verifyHomes(PlanFacts f) {
        return looks("Compares every entry and every file's content of %s with %s; the proof is the receipt."
                .formatted(f.newHomes(), f.oldHomes()));
    }

    private static Sentence confirmQuiet(PlanFacts f) {
        return looks("Makes sure that nothing was written to %s since the final pass.".formatted(f.oldHomes()));
    }

    private static Sentence closeRoute(PlanFacts f) {
        return forwardOnly("Takes the line out of authorized_keys of %s, and removes the key; %s stays as it is."
                .formatted(f.spec().homes().source().storage(), f.oldHomes()));
    }

    private static Sentence checkDatabase(PlanFacts f) {
        return looks("Takes a copy of the database of %s through a short-lived pod%s and judges it%s."
                .formatted(
                        f.oldHub(),
                        f.onceMore().isEmpty() ? "" : f.onceMore() + ",",
                        f.database()
                                .map(found -> " (%s, %s, %s)"
                                        .formatted(
                                                found.kind(),
                                                Figures.bytes(found.sizeBytes()),
                                                Figures.count(found.users(), "account", "accounts")))
                                .orElse("")));
    }

    private static Sentence transferDatabase(PlanFacts f) {
        String what = f.database()
                .map(found -> "the %s database (%s, %s)"
                        .formatted(
                                found.kind(),
                                Figures.bytes(found.sizeBytes()),
                                Figures.count(found.users(), "account", "accounts")))
                .orElse("the database");
        String own = f.database()
                .filter(found -> found.targetUsers() > 0)
                .map(found -> " The database of %s with %s is kept beside it."
                        .formatted(f.newHub(), Figures.count(found.targetUsers(), "account", "accounts")))
                .orElse(" A database that stands there is kept beside it.");
        return undone(
                "Copies %s of %s to %s, with its hash checked at both ends.%s"
                        .formatted(what, f.oldHub(), f.newHub(), own),
                "Puts the database of %s back that stood there before.".formatted(f.newHub()));
    }
}
