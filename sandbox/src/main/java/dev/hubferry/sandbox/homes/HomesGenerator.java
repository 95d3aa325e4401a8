package dev.hubferry.sandbox.homes;

import dev.hubferry.sandbox.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Makes the home directories of a hub, equal for equal seeds.
 *
 * <pre>
 *   ROOT/user000         the whale: about half of all files and bytes, an environment with deep paths and hard links
 *   ROOT/user001 …       shares by a heavy-tailed lot; every tenth has what breaks naive copies (see nasty.py)
 *   ROOT/_shared         a directory that belongs to no user
 * </pre>
 */
public final class HomesGenerator {
    private static final double WHALE_SHARE = 0.5;

    private HomesGenerator() {}

    /**
     * What was made.
     *
     * @param entries files, directories, links and others below the root
     * @param bytes sum of the sizes of the ordinary files; sparse ones do not count
     */
    public record Made(int entries, long bytes) {}

    /**
     * Makes the tree.
     *
     * @param root must not exist, or be an empty directory
     * @throws UncheckedIOException when it cannot be written
     */
    public static Made generate(Path root, HomesSpec spec) {
        Path absolute = root.toAbsolutePath().normalize();
        Random random = new Random(spec.seed());
        try {
            Files.createDirectories(absolute);
            HomeWriter writer = new HomeWriter(random);
            writeAll(absolute, spec, random, writer);
            writer.finishDirectories();
            return new Made(writer.entries(), writer.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make homes in " + absolute, e);
        }
    }

    private static void writeAll(Path root, HomesSpec spec, Random random, HomeWriter writer) throws IOException {
        Path scripts = Files.createTempDirectory("hubferry-homes-");
        Path nasty = Resources.copyTo(scripts, "nasty.py");
        double[] shares = shares(spec.directories().size(), random);
        for (int i = 0; i < shares.length; i++) {
            Path home = root.resolve(spec.directories().get(i));
            int files = (int) Math.ceil(spec.files() * shares[i]);
            long bytes = (long) (spec.megabytes() * 1_000_000L * shares[i]);
            new HomeRooms(home, writer, random, files, bytes).write();
            if (i % 10 == 0) {
                writer.count(runNasty(nasty, home.resolve("nasty"), spec.seed() + i));
            }
        }
        writeShared(root, writer);
        Files.delete(nasty);
        Files.delete(scripts);
    }

    private static void writeShared(Path root, HomeWriter writer) throws IOException {
        Path shared = writer.directory(root.resolve("_shared"), 0775);
        writer.file(shared.resolve("README.md"), 400, true, 0664);
        writer.file(shared.resolve("data/table.csv"), 5000, true, 0664);
    }

    private static double[] shares(int users, Random random) {
        double[] shares = new double[users];
        double sum = 0;
        for (int i = 1; i < users; i++) {
            shares[i] = Math.exp(random.nextGaussian() * 1.2);
            sum += shares[i];
        }
        for (int i = 1; i < users; i++) {
            shares[i] *= (1 - WHALE_SHARE) / sum;
        }
        shares[0] = users == 1 ? 1 : WHALE_SHARE;
        return shares;
    }

    /** Names that Java cannot express under every locale are made by a script; returns how many entries it made. */
    private static int runNasty(Path script, Path directory, long seed) throws IOException {
        List<String> command = List.of(
                "/usr/bin/python3",
                script.toString(),
                directory.toString(),
                Long.toString(seed),
                Long.toString(HomeWriter.NEWEST.getEpochSecond()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("nasty.py failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in nasty.py", e);
        }
        return Integer.parseInt(output.strip());
    }
}
