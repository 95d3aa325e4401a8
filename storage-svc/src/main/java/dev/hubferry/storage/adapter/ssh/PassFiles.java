package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.plan.Batch;
import dev.hubferry.storage.domain.plan.PlanTotals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A planned pass as the files that its runner works off; runner.sh says what they mean.
 *
 * @param plan what the run directory remembers of it
 * @param totals what it comes to
 * @param batches in the order in which they are taken
 * @param spool what each of them holds
 * @param root whether the homes directory itself gets its attributes
 */
record PassFiles(PassPlan plan, PlanTotals totals, List<Batch> batches, PlanSpool spool, boolean root) {
    /** A list of no more may go by tar, which begins anew when its connection is lost. */
    private static final long SHORT_BYTES = 64L << 20;

    private static final List<String> SCRIPTS = List.of("runner", "trash", "route", "receive", "place", "sockets");

    PassFiles {
        batches = List.copyOf(batches);
    }

    FileBundle bundle() {
        FileBundle files = new FileBundle();
        flag(files, "nothing", spool.isEmpty());
        // Then it sets the attributes of directories, too.
        boolean inOne = batches.size() == 1 && !batches.getFirst().recursive();
        Map<String, Batch> named = new TreeMap<>();
        for (Batch batch : batches) {
            String directory = "batch-%05d".formatted(named.size() + 1);
            named.put(directory, batch);
            spool.addBatch(files, directory + "/list", batch, inOne);
            flag(files, directory + "/recursive", batch.recursive());
            flag(files, directory + "/forced", batch.forced());
            flag(files, directory + "/root", root && inOne);
            flag(files, directory + "/short", !inOne && !batch.forced() && batch.bytes() <= SHORT_BYTES);
        }
        spool.addLists(files, !inOne);
        flag(files, "root", root && !inOne);
        files.add("homes", spool.shares().build(totals.homes(), named).bytes());
        files.add("plan", plan.text());
        for (String script : SCRIPTS) {
            files.add(script + ".sh", HostScripts.text(script));
        }
        return files;
    }

    /** Adds in what the pass is not simply a copy. */
    static void addOptions(FileBundle files, Route route, Set<HomesConsent> losses) {
        route.options().ownership().ifPresent(owner -> files.add("owner", owner + "\n"));
        flag(files, "without-acls", losses.contains(HomesConsent.LOSE_ACLS));
        flag(files, "without-xattrs", losses.contains(HomesConsent.LOSE_ATTRIBUTES));
    }

    static void flag(FileBundle files, String name, boolean set) {
        if (set) {
            files.add(name, "");
        }
    }
}
