package dev.hubferry.storage.domain.content;

import dev.hubferry.storage.domain.Spool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Divides the files that have to be hashed, in their order, into pieces that are neither long nor large. */
public final class WantedBatches {
    private static final int FILES = 20_000;
    private static final long BYTES = 4L << 30;
    private static final int PATH_BYTES = 4 << 20;

    private final Spool.Records wanted;
    private Optional<WantedFile> ahead = Optional.empty();
    private boolean begun;

    /** @param wanted records of {@link WantedFile} */
    public WantedBatches(Spool.Records wanted) {
        this.wanted = wanted;
    }

    /** The next piece; empty after the last. */
    public List<WantedFile> next() {
        if (!begun) {
            begun = true;
            advance();
        }
        List<WantedFile> batch = new ArrayList<>();
        long bytes = 0;
        long pathBytes = 0;
        while (ahead.isPresent() && batch.size() < FILES && bytes < BYTES && pathBytes < PATH_BYTES) {
            batch.add(ahead.get());
            bytes += ahead.get().stamp().size();
            pathBytes += ahead.get().path().length();
            advance();
        }
        return batch;
    }

    private void advance() {
        ahead = wanted.next().map(WantedFile::parse);
    }
}
