package dev.hubferry.sandbox.homes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes one home: what every user has, then notebooks, a repository, an environment and data in given amounts. */
final class HomeRooms {
    private final Path home;
    private final HomeWriter writer;
    private final Random random;
    private final int files;
    private final long bytes;

    HomeRooms(Path home, HomeWriter writer, Random random, int files, long bytes) {
        this.home = home;
        this.writer = writer;
        this.random = random;
        this.files = files;
        this.bytes = bytes;
    }

    void write() throws IOException {
        writer.directory(home, random.nextInt(3) == 0 ? 0700 : 0755);
        writeUsual();
        List<Plan> plans = plan();
        double weights = plans.stream().mapToDouble(Plan::weight).sum();
        for (Plan plan : plans) {
            write(plan, (int) Math.min(Integer.MAX_VALUE, bytes * plan.weight() / weights));
        }
    }

    /** @param weight the file's share of the home's bytes, against the weights of the others */
    private record Plan(Room room, int number, double weight) {}

    private enum Room {
        NOTEBOOK,
        REPOSITORY,
        ENVIRONMENT,
        DATA
    }

    private void writeUsual() throws IOException {
        writer.file(home.resolve(".bashrc"), 220 + random.nextInt(3000), true, 0644);
        writer.file(home.resolve(".gitconfig"), 120, true, 0644);
        Path ssh = writer.directory(home.resolve(".ssh"), 0700);
        writer.file(ssh.resolve("id_ed25519"), 411, true, 0600);
        writer.directory(home.resolve(".local/share/jupyter/runtime"), 0700);
        writer.directory(home.resolve("notebooks/.ipynb_checkpoints"), 0755);
    }

    private List<Plan> plan() {
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            int lot = random.nextInt(100);
            Room room = lot < 20 ? Room.NOTEBOOK : lot < 45 ? Room.REPOSITORY : lot < 80 ? Room.ENVIRONMENT : Room.DATA;
            double heavy = Math.exp(random.nextGaussian() * 1.5);
            plans.add(new Plan(room, i, heavy * weightOf(room)));
        }
        return plans;
    }

    private static double weightOf(Room room) {
        return switch (room) {
            case NOTEBOOK -> 6;
            case REPOSITORY, ENVIRONMENT -> 1;
            case DATA -> 40;
        };
    }

    private void write(Plan plan, int size) throws IOException {
        switch (plan.room()) {
            case NOTEBOOK -> writeNotebook(plan.number(), size);
            case REPOSITORY -> {
                String name = "%02x/%036x".formatted(random.nextInt(64), random.nextLong() & Long.MAX_VALUE);
                writer.file(home.resolve("repo/.git/objects").resolve(name), size, false, 0444);
            }
            case ENVIRONMENT -> writeModule(plan.number(), size);
            case DATA -> {
                String name = "data/set-%d/run %d.dat".formatted(plan.number() / 200, plan.number());
                writer.file(home.resolve(name), size, random.nextBoolean(), 0644);
            }
        }
    }

    private void writeNotebook(int number, int size) throws IOException {
        Path notebook = home.resolve("notebooks/lab %d.ipynb".formatted(number));
        writer.file(notebook, size, true, random.nextInt(8) == 0 ? 0600 : 0644);
        if (number % 16 == 0) {
            writer.binaryAttribute(notebook, "jupyter.trust");
        }
    }

    private void writeModule(int number, int size) throws IOException {
        Path packages = home.resolve(".conda/envs/py/lib/python3.11/site-packages");
        int packageNumber = number / 40;
        Path directory = packages.resolve("pkg%d".formatted(packageNumber));
        for (int depth = 0; depth < number % 7; depth++) {
            directory = directory.resolve("sub%d".formatted(depth));
        }
        Path module = directory.resolve("mod_%d.py".formatted(number));
        writer.file(module, size, true, random.nextInt(20) == 0 ? 0755 : 0644);
        if (number % 10 == 0) {
            writer.hardLink(home.resolve(".conda/pkgs/link-%d".formatted(number)), module);
        }
        if (number % 25 == 0) {
            writer.symbolicLink(packages.resolve("current-%d".formatted(number)), "pkg%d".formatted(packageNumber));
        }
    }
}
