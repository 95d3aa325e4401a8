package dev.hubferry.contracts;

/**
 * The names of Hubferry's Kafka topics; every key is a migration id, but for {@link #CONNECTIONS}, where it is a replica, and for
 * {@link #REQUESTS} and {@link #ANSWERS}.
 */
public final class Topics {
    public static final String REPLIES = "hubferry.replies";
    public static final String PROGRESS = "hubferry.progress";
    public static final String CONNECTIONS = "hubferry.connections";
    public static final String EVENTS = "hubferry.events";
    public static final String REQUESTS = "hubferry.requests";
    public static final String ANSWERS = "hubferry.answers";
    public static final String DEAD_LETTERS = "hubferry.dead-letters";

    private Topics() {}

    /** Where {@code participant} hears commands. */
    public static String commandsFor(Participant participant) {
        return "hubferry.commands." + participant.wireName();
    }
}
