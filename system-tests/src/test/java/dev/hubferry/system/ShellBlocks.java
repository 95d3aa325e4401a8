package dev.hubferry.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The shell blocks of a page. */
final class ShellBlocks {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    /** How a block begins that needs a world which stands already. */
    private static final String IN_A_WORLD = "# beside ./hubferry up";

    private ShellBlocks() {}

    static List<String> of(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1).strip())
                .toList();
    }

    static boolean needsWorld(String block) {
        return block.startsWith(IN_A_WORLD);
    }
}
