package dev.hubferry.contracts;

/**
 * Something that is not wrong but that people should know before they approve.
 *
 * @param where what it is about
 * @param text one or two sentences
 */
public record Notice(String where, String text) {
    public Notice {
        Require.text(where, "where");
        Require.text(text, "text");
    }
}
