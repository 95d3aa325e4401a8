package dev.hubferry.db.domain;

import java.nio.file.Path;

/** Hands out private directories for copies of databases. */
public interface Workplace {
    /** An empty directory that nobody else can read. */
    Desk open();

    /** One such directory; closing it removes it with everything in it. */
    interface Desk extends AutoCloseable {
        /** A file of that name in it, which need not exist. */
        Path file(String name);

        @Override
        void close();
    }
}
