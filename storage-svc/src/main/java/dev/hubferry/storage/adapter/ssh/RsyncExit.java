package dev.hubferry.storage.adapter.ssh;

/** Exit codes of rsync that have a meaning of their own here. */
final class RsyncExit {
    static final int FILE_IO = 11;
    static final int PARTIAL = 23;
    static final int VANISHED = 24;

    private RsyncExit() {}
}
