package dev.hubferry.simulation.chance;

/** What every part of a schedule needs: time, dice, faults, and where to tell what it did. */
public record Chance(Agenda agenda, Dice dice, Faults faults, Trace trace) {
    /** The chances of one schedule. */
    public static Chance of(long seed, long index, Coverage coverage, boolean traced) {
        Agenda agenda = new Agenda();
        Dice dice = Dice.of(seed, index);
        Trace trace = new Trace(agenda, traced);
        return new Chance(agenda, dice, new Faults(dice, coverage, trace), trace);
    }

    /** After a while from {@code least} to {@code most} milliseconds. */
    public void soon(int least, int most, Runnable action) {
        agenda.in(dice.between(least, most), action);
    }
}
