package dev.hubferry.contracts;

/** What carries homes from one storage server to the other. */
public enum Transport {
    /** rsync, which sends of a changed file what has changed; new subtrees may go by tar streams where that is faster. */
    RSYNC,
    /** tar streams only, since not both servers have an rsync that will do: a changed file is sent whole. */
    TAR
}
