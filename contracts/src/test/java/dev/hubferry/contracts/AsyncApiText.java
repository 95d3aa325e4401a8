package dev.hubferry.contracts;

/** What the AsyncAPI document says that stands in no record. */
final class AsyncApiText {
    static final String ABOUT = """
            What Hubferry says and takes on Kafka. hubferry.events is for everybody, hubferry.requests and hubferry.answers are for those \
            who ask by event; the topics called internal are named only so that nobody takes them for something else. How to follow \
            migrations: docs/operations/events.md. How to ask: docs/operations/requests.md.
            """;

    static final Channel EVENTS = new Channel("What happens to migrations", """
            Every event of every migration, from its request to its end. Dry runs tell nothing.

            Key: the migration's id. So all events of one migration are in one partition, in order; between migrations there is none.

            Envelope: CloudEvents 1.0 in binary content mode, an attribute a header (ce_id, ce_type, …), the value a JSON object in UTF-8.

            Numbers: ce_sequence counts the events of each migration from 1 without gaps. What an event says has happened and is kept, in \
            the same transaction, before it is told.

            Delivery: at least once. An event may come again, with the same ce_id and ce_sequence and the same value, and then those \
            after it may come again too. Whoever reads keeps the highest number per migration and ignores what is not above it; a number \
            that is more than one above it means that something was lost: read the topic from its beginning, or ask REST.

            What comes later: new types of events, new properties, and new values where a schema lists some. Ignore types and properties \
            that you do not know (but count the number); take an unknown value for "something else". A property that is missing is as \
            one that is null. What is not additive is a new type with the next version in its name, told beside the old one for a while.
            """);

    static final String REQUEST = "Somebody who is configured as a requester asks for something.";

    static final String REQUEST_VALUE = """
            A JSON Web Token in compact form (RFC 7519, JWS of RFC 7515), signed with EdDSA on Ed25519, or with ES256. The header has alg, \
            and kid, the name of the requester; the claims are components.schemas.requestClaims. At most 256 KiB.
            """;

    static final Channel REQUESTS = new Channel("What is asked of Hubferry", """
            Read only when a requester is configured. Requests with the same key are taken in their order; the key means nothing else.

            A request has one answer: whatever comes again under its jti changes nothing and is answered as the first time. What has no \
            right signature, or no jti, is answered to nobody, and put into the dead letters with the reason.
            """);

    static final Channel ANSWERS = new Channel("What became of requests", """
            Envelope: CloudEvents 1.0 in binary content mode. Key: the migration's id, or the request's when it is about none.

            Delivery: at least once, with the same ce_id and the same value. An answer is written in the transaction in which its request \
            takes effect. Properties that you do not know are to be ignored.
            """);

    static final String REPLIES = "what participants answer to the orchestrator.";
    static final String PROGRESS =
            "how far long steps have come. It may be lost and has no numbers; REST shows it, and its event streams carry it.";
    static final String CONNECTIONS =
            "what participants say of the clusters, servers and zones that they are configured with.";
    static final String DEAD_LETTERS =
            "records that could not be handled, as they came, with the reason in the header dead_letter_reason.";

    private AsyncApiText() {}

    /** What is said of a topic. */
    record Channel(String title, String description) {}

    static String commands(Participant participant) {
        return "what the orchestrator asks of " + service(participant) + ".";
    }

    private static String service(Participant participant) {
        return switch (participant) {
            case STORAGE -> "storage-svc";
            case K8S -> "k8s-svc";
            case DB -> "db-transfer-svc";
            case DNS -> "dns-svc";
        };
    }
}
