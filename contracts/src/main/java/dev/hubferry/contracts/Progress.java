package dev.hubferry.contracts;

/**
 * How far a long step has come; may be lost, the next one says it again.
 *
 * @param activity what goes on, such as {@code seed pass 2}
 * @param bytesDone bytes, at most {@code bytesTotal}
 * @param bytesTotal bytes; 0 while unknown
 * @param filesDone entries, at most {@code filesTotal}
 * @param filesTotal entries; 0 while unknown
 */
@WireType("hubferry.progress.v1")
public record Progress(String activity, long bytesDone, long bytesTotal, long filesDone, long filesTotal)
        implements Body {
    public Progress {
        Require.text(activity, "activity");
        Require.notNegative(bytesDone, "bytesDone");
        Require.notNegative(bytesTotal, "bytesTotal");
        Require.notNegative(filesDone, "filesDone");
        Require.notNegative(filesTotal, "filesTotal");
    }
}
