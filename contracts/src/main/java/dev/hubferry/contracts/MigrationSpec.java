package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a platform team asks for: the move of one hub. It names connections, which the services are configured with, and never a
 * secret.
 *
 * @param name for people, such as {@code astro to the new cluster}
 * @param source the hub to move
 * @param target the hub, already installed, that takes its place
 * @param homes where the home directories are and go
 * @param database what may be lost of the hub's database
 * @param dns the name that users know
 * @param cutover when the hub may be down, how long, and what happens when the way is blocked meanwhile
 * @param approvals how long people have to answer
 * @param soak how long the new hub is watched before the old one's leftovers may go
 * @param priority its place among the migrations that wait for the same scarce thing; may be changed later
 */
public record MigrationSpec(
        String name,
        HubRef source,
        HubRef target,
        Homes homes,
        Database database,
        Dns dns,
        Cutover cutover,
        Approvals approvals,
        Duration soak,
        Priority priority) {
    public static final Duration DEFAULT_SOAK = Duration.ofDays(1);

    public MigrationSpec {
        Require.text(name, "name");
        Require.present(source, "source");
        Require.present(target, "target");
        Require.present(homes, "homes");
        database = database == null ? new Database(Set.of()) : database;
        Require.present(dns, "dns");
        cutover = cutover == null ? Cutover.ANY_TIME : cutover;
        approvals = approvals == null ? new Approvals(Approvals.DEFAULT_EXPIRY, false) : approvals;
        soak = soak == null ? DEFAULT_SOAK : Require.notNegative(soak, "soak");
        priority = priority == null ? Priority.DEFAULT : priority;
        if (source.equals(target)) {
            throw new IllegalArgumentException("source and target are the same hub: " + source.lockKey());
        }
    }

    /**
     * @param source where the homes are
     * @param target where they go
     * @param existing what to do about homes that stand on the target already
     * @param exclude what is not moved, see {@link ExcludePattern}
     * @param ownership whose everything is on the target; empty when numeric owners stay as they are
     * @param consents losses that are accepted where the target's file system cannot keep something
     */
    public record Homes(
            HomesRef source,
            HomesRef target,
            ExistingHomes existing,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> exclude,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HomesOwner> ownership,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<HomesConsent> consents) {
        public Homes {
            Require.present(source, "homes.source");
            Require.present(target, "homes.target");
            existing = existing == null ? ExistingHomes.REFUSE : existing;
            HomesOptions options = new HomesOptions(exclude, ownership, consents);
            exclude = options.exclude();
            ownership = options.ownership();
            consents = options.consents();
            if (source.equals(target)) {
                throw new IllegalArgumentException(
                        "homes.source and homes.target are the same directory: " + source.lockKey());
            }
        }

        /** All of them, as they are. */
        public Homes(HomesRef source, HomesRef target, ExistingHomes existing) {
            this(source, target, existing, List.of(), Optional.empty(), Set.of());
        }

        /** In what the move is not simply a copy; empty when it is. */
        public Optional<HomesOptions> options() {
            return new HomesOptions(exclude, ownership, consents).ifAny();
        }
    }

    /** @param consents losses that are accepted */
    public record Database(Set<DatabaseConsent> consents) {
        public Database {
            consents = consents == null ? Set.of() : Set.copyOf(consents);
        }
    }

    /**
     * @param zone the name of a zone connection of dns-svc
     * @param name the hub's full DNS name, such as {@code astro.example.org}
     * @param cutoverTtl the time to live to go down to before the cut
     */
    public record Dns(String zone, String name, Duration cutoverTtl) {
        public static final Duration DEFAULT_CUTOVER_TTL = Duration.ofSeconds(300);

        public Dns {
            Require.text(zone, "dns.zone");
            Require.text(name, "dns.name");
            cutoverTtl = cutoverTtl == null ? DEFAULT_CUTOVER_TTL : Require.notNegative(cutoverTtl, "dns.cutoverTtl");
        }

        /** The name as a key for locks, such as {@code dns:astro.example.org}. */
        public String lockKey() {
            return "dns:" + name;
        }
    }

    /**
     * When the hub may be down. A limit that passes before users are let into the target takes the migration back, so that they have
     * their old hub again; from then on the limits mean nothing.
     *
     * @param start before this the hub is not closed
     * @param end from this on the hub is not closed, and one that is closed is taken back
     * @param maxDowntime how long after it was closed it is taken back
     * @param finalPassBudget how long the final pass over the homes may take by its forecast: above it the hub is closed only when a person
     *     has said so
     * @param onTrouble what happens when a step needs an operator while the hub is down
     * @param onLateWrites what happens when something was written on the source after the final pass had begun
     */
    public record Cutover(
            Optional<Instant> start,
            Optional<Instant> end,
            Optional<Duration> maxDowntime,
            Optional<Duration> finalPassBudget,
            OnTrouble onTrouble,
            OnLateWrites onLateWrites) {
        public static final Cutover ANY_TIME =
                new Cutover(Optional.empty(), Optional.empty(), Optional.empty(), OnTrouble.TAKE_BACK);

        public Cutover {
            // Jackson hands null to a record for a missing property, whatever the declared type says.
            start = start == null ? Optional.empty() : start;
            end = end == null ? Optional.empty() : end;
            maxDowntime = maxDowntime == null ? Optional.empty() : maxDowntime;
            finalPassBudget = finalPassBudget == null ? Optional.empty() : finalPassBudget;
            onTrouble = onTrouble == null ? OnTrouble.TAKE_BACK : onTrouble;
            onLateWrites = onLateWrites == null ? OnLateWrites.TAKE_BACK : onLateWrites;
            if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
                throw new IllegalArgumentException(
                        "cutover.start must be before cutover.end, but was " + start.get() + " and " + end.get());
            }
            if (maxDowntime.isPresent() && !maxDowntime.get().isPositive()) {
                throw new IllegalArgumentException(
                        "cutover.maxDowntime must be longer than 0, but was " + maxDowntime.get());
            }
            if (finalPassBudget.isPresent() && !finalPassBudget.get().isPositive()) {
                throw new IllegalArgumentException(
                        "cutover.finalPassBudget must be longer than 0, but was " + finalPassBudget.get());
            }
            if (finalPassBudget.isPresent()
                    && maxDowntime.isPresent()
                    && finalPassBudget.get().compareTo(maxDowntime.get()) > 0) {
                throw new IllegalArgumentException(
                        "cutover.finalPassBudget must not be longer than cutover.maxDowntime, but was "
                                + finalPassBudget.get() + " and " + maxDowntime.get());
            }
        }

        /** With a migration that is taken back on late writes. */
        public Cutover(
                Optional<Instant> start,
                Optional<Instant> end,
                Optional<Duration> maxDowntime,
                Optional<Duration> finalPassBudget,
                OnTrouble onTrouble) {
            this(start, end, maxDowntime, finalPassBudget, onTrouble, OnLateWrites.TAKE_BACK);
        }

        /** Without a budget for the final pass. */
        public Cutover(
                Optional<Instant> start, Optional<Instant> end, Optional<Duration> maxDowntime, OnTrouble onTrouble) {
            this(start, end, maxDowntime, Optional.empty(), onTrouble);
        }
    }

    /** What happens when a step needs an operator while the hub is down. */
    public enum OnTrouble {
        /** Users get their old hub again. */
        TAKE_BACK,
        /** The hub stays down until an operator has come, or a limit of the cutover passes. */
        PARK
    }

    /**
     * @param expiry how long a gate waits for an answer before the migration is taken back (after the pivot: parked)
     * @param fourEyes whether somebody else than who requested the migration has to approve
     */
    public record Approvals(Duration expiry, boolean fourEyes) {
        public static final Duration DEFAULT_EXPIRY = Duration.ofDays(7);

        public Approvals {
            expiry = expiry == null ? DEFAULT_EXPIRY : Require.notNegative(expiry, "approvals.expiry");
        }
    }
}
