package dev.hubferry.cli.http;

/**
 * A piece of a stream of Server-Sent Events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
public sealed interface SseEvent {
    /**
     * @param id empty when it has none
     * @param type such as {@code hubferry.step-started.v1}
     * @param data empty when it was larger than anybody may send
     */
    record Event(String id, String type, String data, boolean tooLarge) implements SseEvent {}

    /** A sign of life. */
    record Comment() implements SseEvent {}

    /** The server ended the stream. */
    record End() implements SseEvent {}

    /** The connection was lost. */
    record Lost(String why) implements SseEvent {}
}
