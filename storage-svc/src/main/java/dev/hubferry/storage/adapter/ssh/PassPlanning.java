package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import dev.hubferry.storage.domain.manifest.Ownership;
import dev.hubferry.storage.domain.plan.ChunkLimit;
import dev.hubferry.storage.domain.plan.HomeOrder;
import dev.hubferry.storage.domain.plan.PlanAttempts;
import dev.hubferry.storage.domain.plan.PlanInput;
import dev.hubferry.storage.domain.plan.PlanSink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the manifests that a pass is planned from, all at once, and keeps that of the source for the passes after it; to be closed.
 *
 * <pre>
 *   source ── scan ──────────────┬─► planner ─► spool
 *                                └─► target: upload, compressed
 *   target ── scan ──────────────► planner
 *   target ── manifest of the last complete pass ─► planner
 * </pre>
 *
 * A second attempt sees the source as the first one did.
 */
final class PassPlanning implements PlanAttempts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PassPlanning.class);

    /** A change within this many seconds before a scan may have come after it with the same ctime: clocks of file systems are coarse. */
    private static final BigDecimal TICK_SECONDS = BigDecimal.valueOf(2);

    /** Small enough for a few workers to end at about the same time, large enough for subtrees to stay whole mostly. */
    private static final ChunkLimit CHUNK = new ChunkLimit(8L << 20, 2_000);

    private final Route route;
    private final TargetPlaces places;
    private final Question question;
    private final LongJob job;
    private final Exclusions exclusions;
    private final Ownership ownership;
    private final List<AutoCloseable> open = new ArrayList<>();
    private Optional<RemoteProcess> connecting = Optional.empty();
    private final List<String> sockets = new ArrayList<>();
    private Optional<Scanned> scanned = Optional.empty();
    private Optional<PlanSpool> spool = Optional.empty();

    private PassPlanning(Route route, Question question, LongJob job) {
        this.route = route;
        this.places = TargetPlaces.of(route);
        this.question = question;
        this.job = job;
        this.exclusions = Exclusions.of(route.options());
        this.ownership = Ownership.of(route.options());
    }

    /**
     * What is planned.
     *
     * @param kind of the pass
     * @param homes of the source
     * @param standing homes on the target that may be touched
     * @param baseline the pass whose manifest shows what has moved since; empty when nothing on the target is trusted
     * @param first which homes to begin with
     * @param upload the name of the source's manifest in the run directory; to be committed
     */
    record Question(
            Kind kind,
            SourceHomes homes,
            List<String> standing,
            Optional<PassPlan> baseline,
            HomeOrder first,
            String upload) {}

    /**
     * The source's manifest in the run directory.
     *
     * @param began when the scan of the source began, in seconds on the source's clock
     * @param size in bytes
     */
    record Scanned(BigDecimal began, long size) {}

    static PassPlanning begin(SshHosts hosts, Route route, Question question) throws InterruptedException {
        LongJob job = hosts.longJob(route.source().storage(), route.target().storage());
        PassPlanning planning = new PassPlanning(route, question, job);
        planning.connect();
        return planning;
    }

    /** While manifests are read, the target gets its connection to the source: whether it does is seen when it is used. */
    private void connect() throws InterruptedException {
        if (question.baseline().isPresent()) {
            RemoteShell target = job.shell(route.target().storage());
            connecting = Optional.of(target.start(HostCommand.script("connect", places.run())));
        }
    }

    /** Waits until the target has its connection, or cannot have it. */
    void awaitConnection() throws InterruptedException {
        if (connecting.isPresent()) {
            RemoteProcess process = connecting.get();
            try {
                process.await(process.read(RemoteShell.OUTPUT_LIMIT));
            } catch (Refusal e) {
                LOG.debug("the target's connection to the source was not opened beforehand", e);
            }
        }
    }

    @Override
    public PlanInput input(Set<String> forced) throws InterruptedException {
        closeStreams();
        RemoteShell target = job.shell(route.target().storage());
        ManifestStream source = scanned.isPresent() ? stored(target, question.upload()) : scan(target);
        ManifestStream standing = question.standing().isEmpty() ? Optional::empty : standing(target);
        ManifestStream before = question.baseline().isPresent()
                ? stored(target, "pass-" + question.baseline().get().number() + "/source")
                : Optional::empty;
        BigDecimal suspectFrom = question.baseline()
                .map(pass -> pass.sourceTime().subtract(TICK_SECONDS))
                .orElse(BigDecimal.ZERO);
        return new PlanInput(
                question.kind(),
                ownership.onTarget(source),
                ownership.onTarget(before),
                standing,
                suspectFrom,
                CHUNK,
                question.first(),
                exclusions,
                forced);
    }

    @Override
    public PlanSink sink() {
        spool.ifPresent(PlanSpool::close);
        PlanSpool made = new PlanSpool();
        spool = Optional.of(made);
        return made;
    }

    /** What the last attempt wrote. */
    PlanSpool spool() {
        return spool.orElseThrow();
    }

    Scanned scanned() {
        return scanned.orElseThrow();
    }

    /** The records of all sockets on the source: tar leaves them out. */
    List<String> sockets() {
        return sockets;
    }

    private ManifestStream standing(RemoteShell target) throws InterruptedException {
        ManifestScan.Place place =
                new ManifestScan.Place(route.target().lockKey(), places.homes(), places.run(), false);
        return opened(ManifestScan.open(target, place, question.standing()));
    }

    private ManifestStream stored(RemoteShell target, String name) throws InterruptedException {
        return opened(StoredManifest.open(target, places, name));
    }

    /** The source as it is now; what is read of it is sent to the target. */
    private ManifestStream scan(RemoteShell target) throws InterruptedException {
        boolean live = question.kind() == Kind.SEED;
        ManifestScan source =
                opened(question.homes().scan(job.shell(route.source().storage()), route, live));
        ManifestUpload upload = opened(ManifestUpload.open(target, places, question.upload()));
        return () -> {
            Optional<ManifestEntry> entry = source.next();
            if (entry.isPresent()) {
                upload.add(entry.get());
                if (entry.get().isSocket()) {
                    sockets.add(entry.get().record());
                }
            } else {
                scanned = Optional.of(new Scanned(source.began(), upload.finish()));
            }
            return entry;
        };
    }

    private <T extends AutoCloseable> T opened(T stream) {
        open.add(stream);
        return stream;
    }

    private void closeStreams() {
        for (AutoCloseable stream : open) {
            try {
                stream.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a remote process does not fail", e);
            }
        }
        open.clear();
    }

    @Override
    public void close() {
        spool.ifPresent(PlanSpool::close);
        closeStreams();
        connecting.ifPresent(RemoteProcess::close);
        job.close();
    }
}
