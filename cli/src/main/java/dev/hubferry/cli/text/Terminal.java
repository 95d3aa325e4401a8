package dev.hubferry.cli.text;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/**
 * Where a command reads and prints. All text goes through {@link SafeText}; the only control characters are those of the status line, which
 * there is on a terminal only.
 */
public final class Terminal {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean asks;
    private final boolean draws;
    private final int width;
    private String status = "";

    /**
     * @param asks whether a person can answer a question on {@code in}
     * @param draws whether {@code out} is a terminal
     * @param width of it in characters
     */
    public Terminal(InputStream in, PrintStream out, PrintStream err, boolean asks, boolean draws, int width) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.asks = asks;
        this.draws = draws;
        this.width = width;
    }

    public boolean asks() {
        return asks;
    }

    public boolean draws() {
        return draws;
    }

    public int width() {
        return width;
    }

    /** For what is read whole, such as a spec. */
    public InputStream in() {
        return in;
    }

    /** Prints a line above the status line. */
    public void line(String text) {
        erase();
        out.println(SafeText.line(text));
        redraw();
    }

    public void lines(Iterable<String> lines) {
        lines.forEach(this::line);
    }

    /** A line that is no result: it does not get into what a script reads. */
    public void note(String text) {
        erase();
        out.flush();
        err.println(SafeText.line(text));
        redraw();
    }

    /** Prints what a server said, byte for byte, and ends the line. */
    public void raw(String json) {
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Replaces the last line; does nothing where that cannot be. */
    public void status(String text) {
        if (draws && !text.equals(status)) {
            erase();
            status = text;
            redraw();
        }
    }

    /** Whether nobody reads any more what is printed. */
    public boolean isClosed() {
        return out.checkError();
    }

    /** True after a y or yes. */
    public boolean confirms(String question) {
        err.print(SafeText.line(question) + " [y/N] ");
        err.flush();
        Scanner answers = new Scanner(in, StandardCharsets.UTF_8);
        String answer = answers.hasNextLine() ? answers.nextLine().strip() : "";
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    private void erase() {
        if (draws && !status.isEmpty()) {
            out.print(ERASE_LINE);
        }
    }

    private void redraw() {
        if (draws && !status.isEmpty()) {
            // One less, since some terminals wrap after the last column.
            out.print(SafeText.shortened(status, Math.max(10, width - 1)));
            out.flush();
        }
    }
}
