package dev.hubferry.cli.watch;

import dev.hubferry.cli.text.SafeText;

/** Commands that a person may want next, to be pasted into a shell. */
public final class Hints {
    private static final String COMMAND = "./hubferry migrations ";

    private Hints() {}

    public static String approve(String id, String gate) {
        return COMMAND + "approve " + SafeText.quoted(id) + " " + SafeText.quoted(gate);
    }

    public static String reject(String id, String gate) {
        return COMMAND + "reject " + SafeText.quoted(id) + " " + SafeText.quoted(gate);
    }

    public static String retry(String id, String step) {
        return COMMAND + "retry " + SafeText.quoted(id) + " " + SafeText.quoted(step);
    }

    public static String skip(String id, String step) {
        return COMMAND + "skip " + SafeText.quoted(id) + " " + SafeText.quoted(step) + " --reason '...'";
    }

    public static String abort(String id) {
        return COMMAND + "abort " + SafeText.quoted(id) + " --reason '...'";
    }

    public static String watch(String id) {
        return COMMAND + "watch " + SafeText.quoted(id);
    }

    public static String report(String id) {
        return COMMAND + "report " + SafeText.quoted(id);
    }
}
