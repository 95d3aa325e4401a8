package dev.hubferry.db.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hubferry.db.domain.DatabaseFiles;
import dev.hubferry.db.domain.TargetRecord;
import dev.hubferry.messaging.EffectJournal;
import java.util.Optional;

/** What stood in the place of the target's database, in the effect journal: names, sizes and hashes. */
final class JournalledTarget implements TargetRecord {
    private static final String OWN = "target-database";
    private static final String PLACING = "target-database-placing";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final EffectJournal journal;

    JournalledTarget(EffectJournal journal) {
        this.journal = journal;
    }

    @Override
    public DatabaseFiles recordOwn(DatabaseFiles own) {
        return read(journal.recordBefore(OWN, write(own)));
    }

    @Override
    public Optional<DatabaseFiles> own() {
        return journal.before(OWN).map(JournalledTarget::read);
    }

    @Override
    public void recordPlacing() {
        journal.recordBefore(PLACING, "{}");
    }

    @Override
    public boolean placingBegun() {
        return journal.before(PLACING).isPresent();
    }

    @Override
    public void forget() {
        // The mark goes last: without it what stands there would be taken for the target's own.
        journal.forget(OWN);
        journal.forget(PLACING);
    }

    private static String write(DatabaseFiles files) {
        try {
            return JSON.writeValueAsString(files);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the record of the target's database cannot be written", e);
        }
    }

    private static DatabaseFiles read(String json) {
        try {
            return JSON.readValue(json, DatabaseFiles.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the record of the target's database cannot be read", e);
        }
    }
}
