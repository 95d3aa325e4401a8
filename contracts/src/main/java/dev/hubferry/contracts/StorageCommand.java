package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What storage-svc can be asked; every command names the whole route, from the source's homes to the target's. */
public sealed interface StorageCommand extends Command {
    HomesRef source();

    HomesRef target();

    /** In what the move is not simply a copy; empty when it is, and for what does not depend on it. */
    default Optional<HomesOptions> options() {
        return Optional.empty();
    }

    @Override
    default Participant participant() {
        return Participant.STORAGE;
    }

    /** Looks at both sides without changing anything; answered with {@link StorageReply.HomesChecked}. */
    @WireType("storage.check-homes.v1")
    record CheckHomes(
            HomesRef source,
            HomesRef target,
            ExistingHomes existing,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOptions> options)
            implements StorageCommand {
        public CheckHomes {
            requireRoute(source, target);
            Require.present(existing, "existing");
            options = orEmpty(options);
        }

        /** A copy of everything as it is. */
        public CheckHomes(HomesRef source, HomesRef target, ExistingHomes existing) {
            this(source, target, existing, Optional.empty());
        }
    }

    /** Lets the target pull from the source with a key made for this migration; answered with {@link StorageReply.RouteOpened}. */
    @WireType("storage.open-route.v1")
    record OpenRoute(HomesRef source, HomesRef target) implements StorageCommand {
        public OpenRoute {
            requireRoute(source, target);
        }
    }

    /**
     * Stops what runs on the hosts, ends sessions and removes the key from both, also when the route was opened in part or never;
     * answered with {@link StorageReply.RouteClosed}.
     */
    @WireType("storage.close-route.v1")
    record CloseRoute(HomesRef source, HomesRef target) implements StorageCommand {
        public CloseRoute {
            requireRoute(source, target);
        }
    }

    /**
     * Copies the homes while users are at work, in one or more passes; answered with {@link StorageReply.HomesSeeded}.
     *
     * @param activeFirst names of homes that each pass begins with, in this order, before all others; a hint: names that no home has are
     *     passed over
     */
    @WireType("storage.seed-homes.v1")
    record SeedHomes(
            HomesRef source,
            HomesRef target,
            ExistingHomes existing,
            List<String> activeFirst,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOptions> options)
            implements StorageCommand {
        public SeedHomes {
            requireRoute(source, target);
            Require.present(existing, "existing");
            // An orchestrator of an earlier version does not say.
            activeFirst = activeFirst == null ? List.of() : List.copyOf(activeFirst);
            options = orEmpty(options);
        }

        /** A copy of everything as it is, in any order. */
        public SeedHomes(HomesRef source, HomesRef target, ExistingHomes existing) {
            this(source, target, existing, List.of(), Optional.empty());
        }
    }

    /**
     * Makes the target's homes equal to the frozen source's, deletions included; answered with {@link StorageReply.HomesSynced}.
     *
     * @param onLateWrites whether to look at the source afterwards, and copy again what was written on it meanwhile
     */
    @WireType("storage.sync-final.v1")
    record SyncFinal(
            HomesRef source,
            HomesRef target,
            OnLateWrites onLateWrites,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOptions> options)
            implements StorageCommand {
        public SyncFinal {
            requireRoute(source, target);
            // An orchestrator of an earlier version does not say.
            onLateWrites = onLateWrites == null ? OnLateWrites.TAKE_BACK : onLateWrites;
            options = orEmpty(options);
        }

        /** A copy of everything as it is, by one pass whatever is written meanwhile. */
        public SyncFinal(HomesRef source, HomesRef target) {
            this(source, target, OnLateWrites.TAKE_BACK, Optional.empty());
        }
    }

    /** Compares both trees entry by entry with content hashes; answered with {@link StorageReply.HomesVerified}. */
    @WireType("storage.verify-homes.v1")
    record VerifyHomes(
            HomesRef source,
            HomesRef target,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOptions> options)
            implements StorageCommand {
        public VerifyHomes {
            requireRoute(source, target);
            options = orEmpty(options);
        }

        /** A copy of everything as it is. */
        public VerifyHomes(HomesRef source, HomesRef target) {
            this(source, target, Optional.empty());
        }
    }

    /** Shows that nothing was written on the source since the final pass began; answered with {@link StorageReply.SourceQuiet}. */
    @WireType("storage.confirm-quiet.v1")
    record ConfirmQuiet(
            HomesRef source,
            HomesRef target,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOptions> options)
            implements StorageCommand {
        public ConfirmQuiet {
            requireRoute(source, target);
            options = orEmpty(options);
        }

        /** A copy of everything as it is. */
        public ConfirmQuiet(HomesRef source, HomesRef target) {
            this(source, target, Optional.empty());
        }
    }

    private static void requireRoute(HomesRef source, HomesRef target) {
        Require.present(source, "source");
        Require.present(target, "target");
        if (source.equals(target)) {
            throw new IllegalArgumentException("source and target are the same directory: " + source.lockKey());
        }
    }

    /** Jackson hands null to a record for a missing property, and messages of earlier versions have none. */
    private static Optional<HomesOptions> orEmpty(@Nullable Optional<HomesOptions> options) {
        return options == null ? Optional.empty() : options;
    }
}
