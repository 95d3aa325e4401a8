package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import java.io.InputStream;
import java.io.OutputStream;

/** A command under way on a host. */
interface RemoteProcess extends AutoCloseable {
    /** Its standard input; to be closed when all is written. */
    OutputStream stdin();

    /** Its standard output; an IOException in it means that the connection is lost or the deadline has passed. */
    InputStream stdout();

    /**
     * Reads its standard output to the end.
     *
     * @throws dev.hubferry.storage.domain.Refusal SSH_UNREACHABLE when the connection is lost or the deadline passes
     * @throws IllegalStateException when it prints more than {@code limit} bytes
     */
    byte[] read(int limit) throws InterruptedException;

    /**
     * Waits for its end.
     *
     * @param output to be part of the result
     * @throws dev.hubferry.storage.domain.Refusal SSH_UNREACHABLE when the connection is lost or the deadline passes
     */
    HostResult await(byte[] output) throws InterruptedException;

    /** What to throw when reading or writing has failed. */
    RuntimeException lost(Exception cause) throws InterruptedException;

    /** Gives the command up when it has not ended. */
    @Override
    void close();
}
