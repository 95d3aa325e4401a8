package dev.hubferry.storage.domain;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Spools that live in memory. */
public final class MemorySpools implements Spool.Spools {
    private int open;

    /** How many have not been closed. */
    public int open() {
        return open;
    }

    @Override
    public synchronized Spool make() {
        open++;
        return new MemorySpool();
    }

    @Override
    public Spool of(InputStream compressed) {
        throw new UnsupportedOperationException("nothing is compressed in memory");
    }

    private synchronized void closed() {
        open--;
    }

    private final class MemorySpool implements Spool {
        private final List<String> records = new ArrayList<>();
        private boolean closed;

        @Override
        public void add(String record) {
            records.add(record);
        }

        @Override
        public Records read() {
            Iterator<String> iterator = List.copyOf(records).iterator();
            return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
        }

        @Override
        public long compressedSize() {
            return 0;
        }

        @Override
        public InputStream compressed() {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                MemorySpools.this.closed();
            }
        }
    }
}
