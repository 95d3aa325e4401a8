package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.RepeatedPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was done, moved and verified.
 *
 * @param outcome COMPLETED, ROLLED_BACK or PARKED; RUNNING or COMPENSATING while it is under way
 * @param steps every row of the saga that was reached, from top to bottom, and what became of it
 * @param undos every step that was taken back, in the order in which it was
 * @param finalPass what was foretold of the final pass and what became of it; none while the hub was never closed
 * @param downtimeSeconds from the old hub's closing to the opening of the new one, or of the old one again; 0 when it was never closed,
 *     until now while neither is open
 * @param stillDown neither hub is open, as far as Hubferry was told; what a person opened by hand it does not know
 * @param orchestrationSeconds what all steps took, less copying (not: verifying), waits for times to live, approvals and the soak
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReportView(
        String migration,
        String name,
        MigrationView.State outcome,
        Optional<String> cause,
        Instant requestedAt,
        Optional<Instant> endedAt,
        List<Step> steps,
        List<Step> undos,
        Homes homes,
        Database database,
        Dns dns,
        Optional<FinalPass> finalPass,
        double downtimeSeconds,
        boolean stillDown,
        double orchestrationSeconds) {

    /** @param attempts how many were sent */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Step(
            String name,
            StepView.Kind kind,
            int attempts,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Outcome outcome,
            Optional<StepView.Failure> failure) {}

    /** What became of a row. */
    public enum Outcome {
        UNDER_WAY,
        SUCCEEDED,
        FAILED,
        /** A person passed over it. */
        SKIPPED,
        /** Withdrawn before it had ended. */
        CANCELLED,
        /** Whatever it did was taken back. */
        UNDONE,
        REJECTED,
        EXPIRED
    }

    /**
     * @param users home directories, as verified, else as found before
     * @param entries files, directories and links
     * @param filesHashed files whose content was hashed on both sides, by the receipt; none while the trees were not compared
     * @param rootHash of the receipt; none while the trees were not compared
     * @param passes in the order in which they ran
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Homes(
            String sourcePath,
            String targetPath,
            long users,
            long entries,
            long bytes,
            Optional<Long> filesHashed,
            Optional<String> rootHash,
            List<PassReport> passes) {}

    /**
     * Forecast and truth of the final pass alone, which is a part of the downtime.
     *
     * @param forecast as it stood when the hub was closed
     * @param budget what the spec allowed it, if it did
     * @param overBudget why it might take longer, if somebody said so
     * @param took by storage-svc's report of the first final pass; none while there is none
     * @param asForecast whether that is not less than {@code low} and not more than {@code high} of the forecast; none when one of them is
     *     not known
     * @param repeats the passes after it, each with what was written on the source before; foretold by nobody, and part of the downtime too
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record FinalPass(
            PassForecast forecast,
            Optional<Duration> budget,
            Optional<String> overBudget,
            Optional<Duration> took,
            Optional<Boolean> asForecast,
            List<RepeatedPass> repeats) {}

    /** @param users accounts moved, else accounts found before */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Database(
            long users,
            long sizeBytes,
            Optional<String> schemaHead,
            Optional<String> snapshotSha256,
            Optional<String> placedSha256) {}

    /**
     * @param before the whole zone as it was found; none when it was not read
     * @param after the whole zone as it was read back by the last step, or undo, that writes it; none when nobody read it since
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Dns(Optional<List<DnsRecord>> before, Optional<List<DnsRecord>> after) {}
}
