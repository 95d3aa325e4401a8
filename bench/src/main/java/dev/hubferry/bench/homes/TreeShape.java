package dev.hubferry.bench.homes;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the tree of homes is.
 *
 * @param name for people
 * @param users homes; half of all files and bytes belong to the first
 * @param files about so many, directories and links not counted
 * @param megabytes about so many
 */
record TreeShape(String name, int users, int files, int megabytes) {
    private static final Pattern OWN = Pattern.compile("(\\d{1,5}):(\\d{1,8}):(\\d{1,7})");
    private static final int LEAST_USERS = 4;

    TreeShape {
        if (users < LEAST_USERS || files < 1 || megabytes < 1) {
            throw new IllegalArgumentException(
                    "a tree needs %d users, a file and a megabyte, but was '%s'".formatted(LEAST_USERS, name));
        }
    }

    /**
     * @param text S, M, L or USERS:FILES:MEGABYTES
     * @throws IllegalArgumentException when it is none of these
     */
    static TreeShape parse(String text) {
        Matcher own = OWN.matcher(text);
        return switch (text) {
            case "S" -> new TreeShape(text, 60, 5_000, 125);
            case "M" -> new TreeShape(text, 120, 18_000, 450);
            case "L" -> new TreeShape(text, 200, 60_000, 1_500);
            case String _
            when own.matches() ->
                new TreeShape(
                        text,
                        Integer.parseInt(own.group(1)),
                        Integer.parseInt(own.group(2)),
                        Integer.parseInt(own.group(3)));
            case String _ ->
                throw new IllegalArgumentException(
                        "a tree is S, M, L or USERS:FILES:MEGABYTES, but was '" + text + "'");
        };
    }

    /** What the generator is told. Names and files that exist to break a copy are left to the tests: here, time counts. */
    List<String> options(long seed) {
        return List.of(
                "--users",
                Integer.toString(users),
                "--files",
                Integer.toString(files),
                "--mb",
                Integer.toString(megabytes),
                "--seed",
                Long.toString(seed),
                "--no-evil");
    }
}
