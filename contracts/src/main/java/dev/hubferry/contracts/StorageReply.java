package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** What storage-svc answers when a command succeeded. */
public sealed interface StorageReply extends Reply {
    /**
     * @param users home directories on the source, shared ones included
     * @param entries entries below them
     * @param bytes sum of file sizes, hard links counted once
     * @param targetFreeBytes bytes free for homes on the target
     * @param targetFreeInodes inodes free on the target
     * @param notices what people should know before they approve
     * @param transport what carries the homes; none in a reply of an earlier version, which knew rsync only
     */
    @WireType("storage.homes-checked.v1")
    record HomesChecked(
            long users,
            long entries,
            long bytes,
            long targetFreeBytes,
            long targetFreeInodes,
            List<Notice> notices,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Transport> transport)
            implements StorageReply {
        public HomesChecked {
            Require.notNegative(users, "users");
            Require.notNegative(entries, "entries");
            Require.notNegative(bytes, "bytes");
            Require.notNegative(targetFreeBytes, "targetFreeBytes");
            Require.notNegative(targetFreeInodes, "targetFreeInodes");
            notices = List.copyOf(notices);
            // Jackson hands null to a record for a missing property.
            transport = transport == null ? Optional.empty() : transport;
        }

        /** As earlier versions have it. */
        public HomesChecked(
                long users,
                long entries,
                long bytes,
                long targetFreeBytes,
                long targetFreeInodes,
                List<Notice> notices) {
            this(users, entries, bytes, targetFreeBytes, targetFreeInodes, notices, Optional.empty());
        }
    }

    /** @param keyFingerprint of the public key that the source accepts until the route is closed, as {@code SHA256:…} */
    @WireType("storage.route-opened.v1")
    record RouteOpened(String keyFingerprint) implements StorageReply {
        public RouteOpened {
            Require.text(keyFingerprint, "keyFingerprint");
        }
    }

    /** @param happened false when there was nothing to close */
    @WireType("storage.route-closed.v1")
    record RouteClosed(boolean happened) implements StorageReply {}

    /** @param passes in the order in which they ran; at least one */
    @WireType("storage.homes-seeded.v1")
    record HomesSeeded(List<PassReport> passes) implements StorageReply {
        public HomesSeeded {
            passes = List.copyOf(Require.notEmpty(passes, "passes"));
        }
    }

    /**
     * @param pass the final pass
     * @param repeats those after it, in their order; none when nothing was written meanwhile, or when nobody asked for that
     */
    @WireType("storage.homes-synced.v1")
    record HomesSynced(PassReport pass, List<RepeatedPass> repeats) implements StorageReply {
        public HomesSynced {
            Require.present(pass, "pass");
            // A storage-svc of an earlier version knows one pass only.
            repeats = repeats == null ? List.of() : List.copyOf(repeats);
        }

        /** One pass and none after it. */
        public HomesSynced(PassReport pass) {
            this(pass, List.of());
        }
    }

    /** @param receipt the proof of equality; without one DNS does not move */
    @WireType("storage.homes-verified.v1")
    record HomesVerified(Receipt receipt) implements StorageReply {
        public HomesVerified {
            Require.present(receipt, "receipt");
        }
    }

    /** @param entries entries of the source that were looked at */
    @WireType("storage.source-quiet.v1")
    record SourceQuiet(long entries) implements StorageReply {
        public SourceQuiet {
            Require.notNegative(entries, "entries");
        }
    }
}
