package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.PathText;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.plan.Amount;
import dev.hubferry.storage.domain.plan.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which part of a pass is whose, so that progress can be told home by home.
 *
 * @param rows one for each home that the pass has something to do for
 */
record HomeShares(List<Row> rows) {
    private static final int NO_SUCH_FILE = 75;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    HomeShares {
        rows = List.copyOf(rows);
    }

    /**
     * @param home its name
     * @param files and
     * @param bytes that the pass may move of it
     * @param batches which of them have something of it, by the names of their directories, and how much: in the unit of {@link Batch}
     */
    record Row(String home, long files, long bytes, Map<String, Long> batches) {
        Row {
            batches = new TreeMap<>(batches);
        }

        /** "NAME/FILES BYTES BATCH:WEIGHT BATCH:WEIGHT…"; a name has no slash. */
        String record() {
            StringBuilder record = new StringBuilder(home + "/" + files + " " + bytes);
            batches.forEach((batch, weight) ->
                    record.append(' ').append(batch).append(':').append(weight));
            return record.toString();
        }

        static Row parse(String record) {
            int slash = record.indexOf('/');
            String[] words = record.substring(slash + 1).split(" ", -1);
            Map<String, Long> batches = new HashMap<>();
            for (int i = 2; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                batches.put(words[i].substring(0, colon), Long.parseLong(words[i].substring(colon + 1)));
            }
            return new Row(record.substring(0, slash), Long.parseLong(words[0]), Long.parseLong(words[1]), batches);
        }

        private double fraction(Map<String, Double> done) {
            long all = batches.values().stream().mapToLong(Long::longValue).sum();
            double part = batches.entrySet().stream()
                    .mapToDouble(batch -> batch.getValue() * done.getOrDefault(batch.getKey(), 0.0))
                    .sum();
            return all == 0 ? 1 : part / all;
        }
    }

    /** As a file: records with a NUL behind each. */
    byte[] bytes() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.record()).append('\0'));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Those of a pass, from its file.
     *
     * @return none for a pass of an earlier version, which has no such file
     */
    static HomeShares read(RemoteShell target, TargetPlaces places, int pass) throws InterruptedException {
        RemoteProcess process = target.start(HostCommand.script("get", places.run(), "pass-" + pass + "/homes")
                .within(DEADLINE));
        try (process) {
            process.stdin().close();
            NulRecords records = new NulRecords(process.stdout());
            List<Row> rows = new ArrayList<>();
            for (Optional<String> record = records.next(); record.isPresent(); record = records.next()) {
                rows.add(Row.parse(record.get()));
            }
            HostResult result = process.await(new byte[0]);
            if (result.exit() == NO_SUCH_FILE) {
                return new HomeShares(List.of());
            }
            if (result.exit() == RunDirectory.NOT_OPEN) {
                throw RunDirectory.failure(target, result);
            }
            if (result.exit() != 0) {
                // The host could not say: it is asked again.
                throw Refusal.of(ErrorCode.COPY_FAILED, result.describe(target.label()));
            }
            return new HomeShares(rows);
        } catch (IOException e) {
            throw process.lost(e);
        }
    }

    /** How far each home has come, when its batches have come so far. */
    Progress.Homes progress(PassStatus status) {
        Map<String, Double> done = fractions(status);
        List<Progress.Home> open = new ArrayList<>();
        List<Progress.Home> waiting = new ArrayList<>();
        int ended = 0;
        for (Row row : rows) {
            double fraction = row.fraction(done);
            Progress.Home home = new Progress.Home(
                    PathText.show(row.home()),
                    Math.round(fraction * row.bytes()),
                    row.bytes(),
                    Math.round(fraction * row.files()),
                    row.files());
            if (fraction >= 1) {
                ended++;
            } else {
                (fraction > 0 ? open : waiting).add(home);
            }
        }
        Comparator<Progress.Home> mostLeftFirst = Comparator.comparingLong(
                        (Progress.Home home) -> home.bytesDone() - home.bytesTotal())
                .thenComparing(Progress.Home::name);
        open.sort(mostLeftFirst);
        waiting.sort(mostLeftFirst);
        open.addAll(waiting);
        return new Progress.Homes(
                rows.size(), ended, open.subList(0, Math.min(open.size(), Progress.Homes.MOST_LISTED)));
    }

    /** How far each batch has come, from 0 to 1; one that is not there has not begun. */
    private Map<String, Double> fractions(PassStatus status) {
        Map<String, Long> weights = new HashMap<>();
        rows.forEach(row -> row.batches().forEach((batch, weight) -> weights.merge(batch, weight, Long::sum)));
        Map<String, Double> fractions = new HashMap<>();
        // Until its exit code is there a batch is not done, whatever its output says.
        status.done().forEach((batch, done) -> {
            long weight = weights.getOrDefault(batch, 0L);
            fractions.put(batch, weight == 0 ? 0 : Math.min(0.99, (double) done.work() / weight));
        });
        status.ended().forEach(batch -> fractions.put(batch, 1.0));
        return fractions;
    }

    /** Collects what chunks hold, and then says which batches have something of which homes. */
    static final class Builder {
        private final List<Piece> chunks = new ArrayList<>();

        private record Piece(List<String> homes, long weight) {}

        /** Chunks come by their numbers, from 0. */
        void chunk(List<String> homes, long weight) {
            chunks.add(new Piece(homes, weight));
        }

        /**
         * A chunk of one home is counted exactly; of those that hold something of several, a home has what is left of it.
         *
         * @param homes what is moved of each
         * @param batches by the names of their directories
         */
        HomeShares build(Map<String, Amount> homes, Map<String, Batch> batches) {
            Map<String, Map<String, Long>> exact = new HashMap<>();
            Map<String, Map<String, Long>> mixed = new HashMap<>();
            batches.forEach((name, batch) -> {
                for (int number : batch.chunks()) {
                    Piece piece = chunks.get(number);
                    boolean single = piece.homes().size() == 1;
                    for (String home : piece.homes()) {
                        (single ? exact : mixed)
                                .computeIfAbsent(home, _ -> new HashMap<>())
                                .merge(name, single ? piece.weight() : 1, Long::sum);
                    }
                }
            });
            List<Row> rows = new ArrayList<>();
            homes.forEach((home, amount) -> {
                Map<String, Long> shares = new HashMap<>(exact.getOrDefault(home, Map.of()));
                Map<String, Long> among = mixed.getOrDefault(home, Map.of());
                long whole = amount.bytes() + amount.entries() * Batch.ENTRY_WEIGHT;
                long left = Math.max(
                        0,
                        whole
                                - shares.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum());
                long parts = among.values().stream().mapToLong(Long::longValue).sum();
                among.forEach((batch, count) -> shares.merge(batch, Math.max(1, left * count / parts), Long::sum));
                if (!shares.isEmpty()) {
                    rows.add(new Row(home, amount.files(), amount.bytes(), shares));
                }
            });
            return new HomeShares(rows);
        }
    }
}
