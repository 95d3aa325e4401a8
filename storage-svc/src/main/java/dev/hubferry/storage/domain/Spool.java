package dev.hubferry.storage.domain;

import java.io.InputStream;
import java.util.Optional;

/**
 * Records put aside outside of memory, compressed; gone when it is closed, and when the service dies. All records are added first, and
 * then read. Failures of the disk are thrown as {@link java.io.UncheckedIOException}.
 */
public interface Spool extends AutoCloseable {
    /** @param record bytes, as {@link PathText} keeps them, without NUL */
    void add(String record);

    /** The records from the first one on; more than one may be read at a time. */
    Records read();

    /** How many bytes the records take up, compressed. */
    long compressedSize();

    InputStream compressed();

    @Override
    void close();

    /** Records in the order in which they were added. */
    @FunctionalInterface
    interface Records {
        /** The next one, empty after the last. */
        Optional<String> next();
    }

    /** Makes spools. */
    interface Spools {
        Spool make();

        /** With records that {@link Spool#compressed} gave, perhaps long ago: whoever reads them has to expect anything. */
        Spool of(InputStream compressed) throws InterruptedException;
    }
}
