package dev.hubferry.simulation.world;

import dev.hubferry.simulation.chance.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything outside of Hubferry: what participants change and users live in. */
public final class World {
    static final int USERS = 3;
    static final int OLD_TTL = 1_799;

    final Hub source = new Hub(1);
    final Hub target;
    final Homes oldHomes = new Homes();
    final Homes newHomes = new Homes();
    final int[] acknowledgedOnSource = new int[USERS];
    final int[] acknowledgedOnTarget = new int[USERS];
    Database sourceDatabase = new Database(Side.SOURCE, 5);
    Database targetDatabase = new Database(Side.TARGET, 0);
    Optional<Database> keptDatabase = Optional.empty();
    int loginsOnSource = 5;
    int loginsOnTarget;
    Zone zone = new Zone(Side.SOURCE, OLD_TTL, 600);
    /** What each name server answers; it follows the zone after a while. */
    final Zone[] served = {zone, zone};

    boolean keyOnTarget;
    int keysOnSource;
    /** How much a process that nobody stopped will still write on the source while final passes read it. */
    int lateWrites;
    /** Of the command that made the most. */
    int mostFinalPasses;

    private final List<Runner> runners = new ArrayList<>();
    private final int oneRunnerSlowIn;
    private final String before;

    /**
     * @param targetRuns whether the target's own hub is open when the migration begins
     * @param oneRunnerSlowIn how rare it is that a runner takes hours for a home
     */
    public World(Dice dice, boolean targetRuns, int oneRunnerSlowIn) {
        this.oneRunnerSlowIn = oneRunnerSlowIn;
        target = new Hub(targetRuns ? 1 : 0);
        for (int user = 0; user < USERS; user++) {
            int writes = dice.below(3);
            oldHomes.fromSource[user] = writes;
            acknowledgedOnSource[user] = writes;
        }
        lateWrites = dice.oneIn(5) ? 1 + dice.below(8) : 0;
        before = shape();
    }

    Hub hub(Side side) {
        return switch (side) {
            case SOURCE -> source;
            case TARGET -> target;
        };
    }

    int oneRunnerSlowIn() {
        return oneRunnerSlowIn;
    }

    /** The last pass that a command asked for, if one was started. */
    Optional<Runner> runnerOf(String command) {
        return runners.stream().filter(runner -> runner.belongsTo(command)).reduce((_, later) -> later);
    }

    int passesOf(String command) {
        return (int)
                runners.stream().filter(runner -> runner.belongsTo(command)).count();
    }

    void start(Runner runner) {
        runners.add(runner);
        if (runner.isFinal()) {
            mostFinalPasses = Math.max(mostFinalPasses, passesOf(runner.command()));
        }
        runner.goOnSoon();
    }

    void stopRunners() {
        runners.forEach(Runner::stop);
    }

    /** Whether what users would find on the target is all that they left on the source. */
    boolean isMoved() {
        return newHomes.sameAs(oldHomes) && targetDatabase.origin() == Side.SOURCE && sameLogins();
    }

    private boolean sameLogins() {
        return targetDatabase.logins() == sourceDatabase.logins();
    }

    /** How it differs from the world before the migration; empty when it does not. What users did is not part of it, nor copied homes. */
    Optional<String> difference() {
        String now = shape();
        return now.equals(before) ? Optional.empty() : Optional.of("was " + before + "; is " + now);
    }

    private String shape() {
        return "source " + source.shape() + ", target " + target.shape() + ", name leads to " + zone.leadsTo() + " for "
                + zone.ttl() + " s, databases of " + sourceDatabase.origin() + " and " + targetDatabase + ", kept "
                + keptDatabase.isPresent() + ", keys " + keysOnSource + " and " + keyOnTarget;
    }
}
