package dev.hubferry.contracts;

import java.util.List;

/** What db-transfer-svc answers when a command succeeded. */
public sealed interface DbReply extends Reply {
    /**
     * @param kind the hub's {@code hub.db.type}, such as {@code sqlite-pvc}
     * @param schemaHead Alembic revision of the source's database
     * @param users accounts in the source's database
     * @param sizeBytes size of the source's database file
     * @param targetUsers accounts in the target's own database; 0 when it has none yet
     * @param notices what users will notice, such as having to log in again
     */
    @WireType("db.database-checked.v1")
    record DatabaseChecked(
            String kind, String schemaHead, long users, long sizeBytes, long targetUsers, List<Notice> notices)
            implements DbReply {
        public DatabaseChecked {
            Require.text(kind, "kind");
            Require.text(schemaHead, "schemaHead");
            Require.notNegative(users, "users");
            Require.notNegative(sizeBytes, "sizeBytes");
            Require.notNegative(targetUsers, "targetUsers");
            notices = List.copyOf(notices);
        }
    }

    /**
     * @param users accounts moved
     * @param sizeBytes size of the file placed on the target
     * @param snapshotSha256 lower-case hex of the snapshot as it left the source
     * @param placedSha256 lower-case hex of the file as it stands on the target
     * @param schemaHead Alembic revision of the moved database
     */
    @WireType("db.database-transferred.v1")
    record DatabaseTransferred(
            long users, long sizeBytes, String snapshotSha256, String placedSha256, String schemaHead)
            implements DbReply {
        public DatabaseTransferred {
            Require.notNegative(users, "users");
            Require.notNegative(sizeBytes, "sizeBytes");
            Require.text(snapshotSha256, "snapshotSha256");
            Require.text(placedSha256, "placedSha256");
            Require.text(schemaHead, "schemaHead");
        }
    }

    /** @param happened false when the target's database had not been touched */
    @WireType("db.target-database-restored.v1")
    record TargetDatabaseRestored(boolean happened) implements DbReply {}
}
