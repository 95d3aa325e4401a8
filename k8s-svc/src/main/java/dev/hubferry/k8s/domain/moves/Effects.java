package dev.hubferry.k8s.domain.moves;

import dev.hubferry.k8s.domain.Journal;
import java.time.Instant;
import java.util.Optional;

/** The names under which the moves keep what was there before, and the shapes of those values. */
final class Effects {
    /** The public Service of the source that this migration shut, in whichever way: its name. */
    static final String SOURCE_SERVICE = "source-service";
    /** The deleted public Service of the source: its manifest. */
    static final String SOURCE_SERVICE_DELETED = "source-service-deleted";
    /** The public Service of the source that was shut by its selector: its name. */
    static final String SOURCE_SERVICE_HELD = "source-service-held";
    /** When the source was closed: an instant. */
    static final String SOURCE_CLOSED_AT = "source-closed-at";
    /** The source hub's replicas. */
    static final String SOURCE_HUB_STOPPED = "source-hub-stopped";
    /** The public Service of the target that was shut by its selector: its name. */
    static final String TARGET_SERVICE_HELD = "target-service-held";
    /** The target hub's replicas before it was held. */
    static final String TARGET_HUB_STOPPED = "target-hub-stopped";
    /** The held target hub's replicas before it was started. */
    static final String TARGET_HUB_STARTED = "target-hub-started";
    /** When the target was opened: an instant. */
    static final String TARGET_OPENED_AT = "target-opened-at";

    private Effects() {}

    static String name(String name) {
        return "\"" + name + "\"";
    }

    static Optional<String> name(Journal journal, String effect) {
        return journal.before(effect).map(Effects::unquoted);
    }

    static Optional<Integer> number(Journal journal, String effect) {
        return journal.before(effect).map(json -> Integer.parseInt(json.strip()));
    }

    /** The moment of the first run that came so far. */
    static Instant firstTime(Journal journal, String effect, Instant now) {
        return Instant.parse(unquoted(journal.recordBefore(effect, name(now.toString()))));
    }

    private static String unquoted(String json) {
        String text = json.strip();
        return text.substring(1, text.length() - 1);
    }
}
