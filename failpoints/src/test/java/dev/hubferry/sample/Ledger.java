package dev.hubferry.sample;

import dev.hubferry.contracts.Failpoint;

/** A program with failpoints: it says what it has done, a line a step. */
public final class Ledger {
    private Ledger() {}

    /** Writes each argument, then sends, then fails. */
    public static void main(String[] arguments) {
        for (String entry : arguments) {
            say("wrote " + write(entry));
        }
        send();
        say("polled " + poll(0) + poll(2) + isThere(""));
        try {
            fail();
        } catch (IllegalStateException e) {
            say("failed");
        }
    }

    @Failpoint("ledger.write")
    private static long write(String entry) {
        say("writing");
        if (entry.isEmpty()) {
            return 0;
        }
        long sum = 0;
        for (char letter : entry.toCharArray()) {
            sum += letter;
        }
        return sum;
    }

    @Failpoint("ledger.send")
    private static void send() {
        say("sent");
    }

    @Failpoint("ledger.poll")
    private static int poll(int found) {
        return found;
    }

    @Failpoint("ledger.is-there")
    private static boolean isThere(String what) {
        return !what.isEmpty();
    }

    @Failpoint("ledger.fail")
    private static void fail() {
        throw new IllegalStateException("no");
    }

    private static void say(String what) {
        System.out.println(what);
        System.out.flush();
    }
}
