package dev.hubferry.contracts;

/**
 * One thing that is wrong, in words for the person who has to put it right.
 *
 * @param code its kind
 * @param where the place: a field of the spec, a host, a path, an object of a cluster, a record of a zone
 * @param detail what was found there, with the values
 * @param remedy what to do about it
 */
public record Problem(ErrorCode code, String where, String detail, String remedy) {
    public Problem {
        Require.present(code, "code");
        Require.text(where, "where");
        Require.text(detail, "detail");
        Require.text(remedy, "remedy");
    }
}
