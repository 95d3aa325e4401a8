package dev.hubferry.cli;

/** What the orchestrator answers, in its own shapes. */
final class Samples {
    static final String ID = "m-0a1b";

    private Samples() {}

    /** @param more fields after a comma, or nothing */
    static String migration(String state, String more) {
        return migration(ID, state, more);
    }

    static String migration(String id, String state, String more) {
        return """
            {"id":"%s","name":"astro","definition":"migrate-hub/3","requestedBy":"ann","requestedAt":"2026-11-27T02:00:00.123Z",\
            "state":"%s","phase":"prepare","pivotPassed":false,"priority":"NORMAL","spec":{"name":"astro",\
            "source":{"cluster":"old","namespace":"astro"},"target":{"cluster":"new","namespace":"astro"}},\
            "links":{"self":"/api/v1/migrations/%s"},"fieldOfANewerServer":{"x":[1,2]}%s}""".formatted(id, state, id, more);
    }

    static final String WAITING = """
            ,"waitingFor":{"gate":"approve-plan","since":"2026-11-27T02:00:05Z","expiresAt":"2026-12-04T02:00:05Z"}""";

    static final String STEPS = """
            [{"name":"check-source","kind":"STEP","phase":"prepare","participant":"k8s","state":"SUCCEEDED","attempts":1},
             {"name":"check-homes","kind":"STEP","phase":"prepare","participant":"storage","state":"FAILED","attempts":2,
              "failure":{"code":"TARGET_FULL","category":"NEEDS_OPERATOR","detail":"two things are wrong","problems":[
                {"code":"TARGET_FULL","where":"nfs-new:/export","detail":"1 GiB is free, 2 GiB are needed","remedy":"make room"},
                {"code":"SSH_UNREACHABLE","where":"nfs-old","detail":"no route to host","remedy":"open port 22"}]}},
             {"name":"check-zone","kind":"STEP","phase":"prepare","participant":"dns","state":"FAILED","attempts":1,
              "failure":{"code":"ZONE_DENIED","category":"NEEDS_OPERATOR","detail":"the key is refused","problems":[]}},
             {"name":"approve-plan","kind":"APPROVAL","phase":"prepare","state":"NOT_STARTED","attempts":0},
             {"name":"seed-homes","kind":"STEP","phase":"seed","state":"STATE_OF_A_NEWER_SERVER","attempts":0}]""";

    static final String APPROVALS = """
            [{"gate":"approve-plan","state":"SUCCEEDED","notices":[],"found":{}},
             {"gate":"approve-downtime","state":"WAITING","since":"2026-11-27T02:00:00Z","expiresAt":"2026-12-04T02:00:00Z",
              "forecast":{"cutAt":"2026-11-27T02:00:00Z","basis":"CHANGE_RATE","low":"PT1M","expected":"PT2M30S","high":"PT4M"},
              "budget":"PT10M","notices":[{"where":"cluster new","text":"users have to log in again"}],"found":{}}]""";

    /** As the server sends a numbered event. */
    static String event(long number, String kind, String data) {
        String type = "hubferry." + kind + ".v1";
        return "id:%d\nevent:%s\ndata:{\"sequence\":%d,\"type\":\"%s\",\"at\":\"2026-11-27T02:00:%02dZ\",\"data\":%s}\n\n"
                .formatted(number, type, number, type, number, data);
    }

    static String started(long number, String step) {
        return event(number, "step-started", "{\"step\":\"%s\",\"direction\":\"do\",\"attempt\":1}".formatted(step));
    }

    static String succeeded(long number, String step) {
        return event(
                number,
                "step-succeeded",
                "{\"step\":\"%s\",\"direction\":\"do\",\"attempt\":1,\"result\":{}}".formatted(step));
    }

    static String progress(String step, int percent) {
        return """
            event:hubferry.progress.v1
            data:{"step":"%s","direction":"do","attempt":1,"progress":{"activity":"seed pass 1","bytesDone":%d,"bytesTotal":1073741824,\
            "filesDone":1,"filesTotal":2,"percent":%d,"bytesPerSecond":36700160,"timeLeft":"PT1M5S"}}

            """.formatted(step, percent * 10_737_418L, percent);
    }
}
