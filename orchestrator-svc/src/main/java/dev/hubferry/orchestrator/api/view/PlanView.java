package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOwner;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Transport;
import dev.hubferry.orchestrator.saga.plan.Finding;
import dev.hubferry.orchestrator.saga.plan.Sentence.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a migration would do, by what the checks found; nothing was changed for it.
 *
 * @param definition name and version of the saga that the migration would get
 * @param plannedAt when the last check had answered; none while one is awaited
 * @param verdict none while a check is awaited
 * @param findings everything that stands in the way
 * @param pending checks that are awaited
 * @param notices what is not wrong but should be known
 * @param cutover when the hub may be down, how long, and what happens when the way is blocked meanwhile
 * @param zone what becomes of the record; none when the zone could not be read
 * @param users what users notice, in order
 * @param queues where the migration would wait for its turn, as of now
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PlanView(
        String id,
        String name,
        String definition,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> plannedAt,
        Optional<Verdict> verdict,
        List<Finding> findings,
        List<String> pending,
        List<Notice> notices,
        List<Step> steps,
        Optional<Zone> zone,
        Sizes sizes,
        Forecast forecast,
        List<Noticed> users,
        List<Approval> approvals,
        MigrationSpec.Cutover cutover,
        List<Queue> queues,
        MigrationSpec spec,
        Map<String, String> links) {

    /** Whether the migration may be requested. */
    public enum Verdict {
        /** Nothing was found in its way. */
        READY,
        /** Something was: see the findings. */
        NEEDS_ATTENTION
    }

    /**
     * A row of the saga's table.
     *
     * @param by storage, k8s, db or dns; approver; or clock
     * @param does what it will do to what
     * @param wayBack what becomes of that when the migration is taken back
     * @param undo what the undo does, or why there is none
     * @param hubDown whether users cannot work meanwhile
     * @param users what they notice of it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Step(
            String name,
            String phase,
            String by,
            String does,
            WayBack wayBack,
            String undo,
            boolean hubDown,
            Optional<String> users) {}

    /**
     * The zone's diff: one record.
     *
     * @param before as it is
     * @param cutover from lower-ttl on: as it is, with the TTL of the cutover
     * @param after in the end; none when nobody knows yet where the new cluster lets users in
     * @param untouched how many other records the zone has; they stay as they are
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Zone(String zone, DnsRecord before, DnsRecord cutover, Optional<DnsRecord> after, long untouched) {}

    /** What there is to move; none of what could not be counted. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Sizes(Homes homes, Database database, Optional<Integer> userServers) {}

    /**
     * @param users home directories, shared ones included
     * @param bytes sum of file sizes, hard links counted once
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Homes(
            String source,
            String target,
            Optional<Long> users,
            Optional<Long> entries,
            Optional<Long> bytes,
            Optional<Long> targetFreeBytes,
            Optional<Long> targetFreeInodes,
            Optional<Transport> transport,
            ExistingHomes existing,
            List<String> exclude,
            Optional<HomesOwner> ownership,
            Set<HomesConsent> consents) {}

    /** @param targetUsers accounts in the target's own database, which is replaced */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Database(
            Optional<String> kind,
            Optional<Long> users,
            Optional<Long> bytes,
            Optional<Long> targetUsers,
            Set<DatabaseConsent> consents) {}

    /**
     * What can be said of times before a copy has run.
     *
     * @param copies what cannot be said yet, and where it will be
     * @param waits waits whose length is known
     * @param downtimeAtLeast what the downtime cannot be shorter than: caches are waited for in it
     * @param downtimeAtMost after it the migration is taken back
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Forecast(
            String copies, List<Wait> waits, Optional<Duration> downtimeAtLeast, Optional<Duration> downtimeAtMost) {}

    public record Wait(String step, Duration length, String why) {}

    public record Noticed(String step, String text) {}

    /**
     * @param by who may answer
     * @param expiry how long it waits for an answer
     * @param unanswered what happens then
     */
    public record Approval(String gate, String asks, String by, Duration expiry, String unanswered) {}

    /**
     * @param step the first step that needs it
     * @param limit how many may have it at once; 0 when it is closed
     * @param held how many have it now
     * @param waiting how many wait for it now
     */
    public record Queue(String step, String resource, int limit, int held, int waiting) {}
}
