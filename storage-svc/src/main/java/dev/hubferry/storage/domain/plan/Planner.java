package dev.hubferry.storage.domain.plan;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the plan of a pass: one walk through three sorted manifests at once.
 *
 * <pre>
 *   source  target  before
 *   ──────  ──────  ──────
 *     ●       –             new: subtrees whole, single entries in lists
 *     ●       ●      same   unchanged, if it is not suspect and the target's looks like it: nothing
 *     ●       ●      other  a directory: its attributes; else in a list, a forced one when rsync would take both for equal
 *     ●       ● other type  cleared, then new
 *     –       ●             cleared in the final pass, left alone in a seed pass
 *   excluded, on any side   nothing; but what it is in is not copied as a whole
 * </pre>
 *
 * Memory does not grow with the trees, but with hard-linked inodes, and with homes.
 */
public final class Planner {
    private final PlanInput input;
    private final Cursor source;
    private final Cursor before;
    private final Cursor target;
    private final Packing packing;
    private final FreshTree fresh;
    private final TouchedDirectories touched;
    private final Clearing clearing;
    private final Exclusions.Sieve sieve;
    private final LinkGroups links = new LinkGroups();
    private final Tally tally = new Tally();

    private Planner(PlanInput input, PlanSink sink) throws InterruptedException {
        this.input = input;
        this.source = new Cursor(input.source());
        this.before = new Cursor(input.before());
        this.target = new Cursor(input.target());
        this.packing = new Packing(input.limit(), input.order(), sink);
        this.fresh = new FreshTree(input.limit(), sink, packing);
        this.touched = new TouchedDirectories(sink);
        this.clearing = new Clearing(sink);
        this.sieve = input.exclusions().sieve();
    }

    /**
     * One plan; it is void when {@link PlanTotals#broken} names anything. An empty source clears everything in the final pass: whether it
     * can be believed is for the caller to know.
     *
     * @throws IllegalArgumentException when a manifest is not in its order
     */
    public static PlanTotals plan(PlanInput input, PlanSink sink) throws InterruptedException {
        return new Planner(input, sink).plan();
    }

    /** Plans until hard links come out right: once, or twice when links on the target are not those of the source. */
    public static PlanTotals plan(PlanAttempts attempts) throws InterruptedException {
        Set<String> forced = new HashSet<>();
        while (true) {
            PlanTotals totals = plan(attempts.input(Set.copyOf(forced)), attempts.sink());
            if (!forced.addAll(totals.broken())) {
                return totals;
            }
        }
    }

    private PlanTotals plan() throws InterruptedException {
        while (source.ahead().isPresent() || target.ahead().isPresent()) {
            step();
        }
        fresh.finish();
        touched.finish();
        List<Batch> chunks = packing.finish();
        return tally.totals(clearing.entries(), links.broken(), chunks);
    }

    private void step() throws InterruptedException {
        Optional<ManifestEntry> here = source.ahead();
        Optional<ManifestEntry> there = target.ahead();
        int order = order(here, there);
        ManifestEntry first = (order <= 0 ? here : there).orElseThrow();
        moveTo(first);
        Optional<String> excluded = sieve.topmost(first.path());
        if (excluded.isEmpty()) {
            plan(here, there, order);
        } else if (order <= 0) {
            leaveBehind(excluded.get());
        }
        if (order <= 0) {
            source.advance();
        }
        if (order >= 0) {
            target.advance();
        }
    }

    private void plan(Optional<ManifestEntry> here, Optional<ManifestEntry> there, int order)
            throws InterruptedException {
        if (order <= 0) {
            tally.source(here.orElseThrow(), links.see(here.orElseThrow()));
        }
        if (order < 0) {
            create(here.orElseThrow());
        } else if (order > 0) {
            surplus(there.orElseThrow());
        } else {
            compare(here.orElseThrow(), there.orElseThrow());
        }
        if (order >= 0) {
            tally.target();
        }
    }

    /** The source has something that is not moved: rsync would take it along with a directory that is copied as a whole. */
    private void leaveBehind(String excluded) throws InterruptedException {
        String above = above(excluded);
        if (!fresh.isOpen()) {
            Optional<String> root = target.topmostMissing(above + "//");
            if (root.isEmpty()) {
                return;
            }
            touchAbove(root.get());
            fresh.enter(root.get());
        }
        fresh.enter(above);
        fresh.divide();
    }

    private static int order(Optional<ManifestEntry> here, Optional<ManifestEntry> there) {
        if (here.isEmpty() || there.isEmpty()) {
            return here.isEmpty() ? 1 : -1;
        }
        return here.get().compareTo(there.get());
    }

    private void moveTo(ManifestEntry entry) throws InterruptedException {
        String key = entry.key();
        fresh.moveTo(key);
        touched.moveTo(key);
    }

    /** The source has it, and the target nothing of its type. */
    private void create(ManifestEntry entry) throws InterruptedException {
        Optional<String> root = fresh.isOpen() ? Optional.empty() : target.topmostMissing(entry);
        if (root.isPresent() && (entry.isDirectory() || !root.get().equals(entry.path()))) {
            touchAbove(root.get());
            fresh.enter(root.get());
        }
        if (fresh.isOpen()) {
            createInFreshTree(entry);
        } else if (entry.isDirectory()) {
            touched.add(entry.path());
        } else {
            packing.list(piece(entry));
            touchAbove(entry.path());
        }
    }

    private void createInFreshTree(ManifestEntry entry) throws InterruptedException {
        if (entry.isDirectory()) {
            fresh.enter(entry.path());
            tally.copied(entry, true);
        } else {
            fresh.enter(above(entry.path()));
            fresh.add(piece(entry));
        }
    }

    private void surplus(ManifestEntry there) throws InterruptedException {
        links.replace(there);
        Optional<String> root = switch (input.kind()) {
            case FINAL -> source.topmostMissing(there);
            case SEED -> source.obstacle(there);
        };
        if (clearing.includes(there)) {
            clearing.clear(there.path(), there);
        } else if (root.isPresent()) {
            clearing.clear(root.get(), there);
            touchAbove(root.get());
        } else {
            tally.left();
        }
    }

    private void compare(ManifestEntry here, ManifestEntry there) throws InterruptedException {
        if (here.type() != there.type()) {
            links.replace(there);
            clearing.clear(there.path(), there);
            create(here);
        } else if (isUnchanged(here, there)) {
            if (!here.isDirectory()) {
                links.keep(here, there);
            }
        } else if (here.isDirectory()) {
            touched.add(here.path());
        } else {
            renew(here, there);
        }
    }

    private boolean isUnchanged(ManifestEntry here, ManifestEntry there) throws InterruptedException {
        return before.find(here).filter(here::isAsBefore).isPresent()
                && here.looksLike(there)
                && new BigDecimal(here.ctime()).compareTo(input.suspectFrom()) < 0
                && !isForced(here);
    }

    private boolean isForced(ManifestEntry entry) {
        return !entry.isDirectory() && input.forced().contains(entry.inode());
    }

    /** Both sides have it, with the same type, and the target's may be another. */
    private void renew(ManifestEntry here, ManifestEntry there) throws InterruptedException {
        links.replace(there);
        boolean sharesInode = !here.isFile() && there.mayBeLinked();
        if (sharesInode && input.kind() == PassReport.Kind.FINAL) {
            // rsync makes a new inode for the content of a file only; anything else it would change under all its
            // names.
            clearing.clear(there.path(), there);
        }
        if (here.isFile() && (isForced(here) || here.passesQuickCheck(there))) {
            packing.force(piece(here));
            tally.forced();
        } else {
            packing.list(piece(here));
        }
        touchAbove(here.path());
    }

    private Piece piece(ManifestEntry entry) {
        boolean first = links.copy(entry);
        tally.copied(entry, first);
        long bytes = first && entry.isFile() ? entry.size() : 0;
        return Piece.of(entry.path(), bytes, entry.mayBeLinked() ? List.of(entry.inode()) : List.of());
    }

    private void touchAbove(String path) {
        String above = above(path);
        if (above.equals(".")) {
            tally.touchHomesDirectory();
        } else {
            touched.add(above);
        }
    }

    private static String above(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
