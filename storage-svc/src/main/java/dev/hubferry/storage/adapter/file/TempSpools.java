package dev.hubferry.storage.adapter.file;

import dev.hubferry.storage.domain.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Keeps spools in files that have no name any more, so that they are gone with the process at the latest. */
public final class TempSpools implements Spool.Spools {
    private final Path directory;

    public TempSpools(Path directory) {
        this.directory = directory;
    }

    /** In the directory for temporary files. */
    public static TempSpools inTemporaryDirectory() {
        return new TempSpools(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Override
    public Spool make() {
        try {
            return new TempSpool(NamelessFile.in(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can be put aside in " + directory, e);
        }
    }

    @Override
    public Spool of(InputStream compressed) {
        try {
            NamelessFile file = NamelessFile.in(directory);
            boolean complete = false;
            try {
                compressed.transferTo(file.output());
                complete = true;
                return TempSpool.written(file);
            } finally {
                if (!complete) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was to be put aside did not come whole", e);
        }
    }
}
