package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Watches one migration to its end and answers its gates, as an operator would.
 *
 * @param stepToFail where the way back is to begin: a gate is rejected and a timer aborted; the failure of a step is the wire's business
 * @param killings of services meanwhile
 */
record MigrationRun(
        MigrationClient client, ProgressView view, Optional<String> stepToFail, Optional<Killings> killings) {
    private static final Set<String> ENDS = Set.of("COMPLETED", "ROLLED_BACK", "PARKED");
    private static final int POLL_MILLIS = 200;

    /** Returns the migration's last state: COMPLETED, ROLLED_BACK or PARKED. */
    String watch(String id) throws IOException, InterruptedException {
        while (true) {
            Optional<String> end = Optional.empty();
            try {
                end = look(id);
            } catch (MigrationClient.RefusedException e) {
                tolerate(e);
            }
            if (end.isPresent()) {
                return end.get();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Optional<String> look(String id) throws IOException, InterruptedException {
        JsonNode migration = client.migration(id);
        JsonNode steps = client.steps(id);
        view.show(steps);
        if (killings.isPresent() && killings.get().look(steps)) {
            client.connectAnew();
            return Optional.empty();
        }
        String state = migration.path("state").asText();
        if (ENDS.contains(state)) {
            view.show(client.steps(id));
            return Optional.of(state);
        }
        if (state.equals("RUNNING")) {
            answerGate(id, migration);
            failTimer(id, steps);
        }
        return Optional.empty();
    }

    private void answerGate(String id, JsonNode migration) throws IOException, InterruptedException {
        String gate = migration.path("waitingFor").path("gate").asText();
        if (gate.isEmpty()) {
            return;
        }
        boolean approved = stepToFail.filter(gate::equals).isEmpty();
        client.answer(id, gate, approved, "answered by the demo");
    }

    private void failTimer(String id, JsonNode steps) throws IOException, InterruptedException {
        for (JsonNode step : steps) {
            boolean waits = step.path("kind").asText().equals("TIMER")
                    && step.path("state").asText().equals("WAITING");
            if (waits && stepToFail.filter(step.path("name").asText()::equals).isPresent()) {
                client.abort(id, "the demo was asked to turn round here");
            }
        }
    }

    /** 409: the migration went on in the meantime, 503: the database was away for a moment; the next look shows more. */
    private static void tolerate(MigrationClient.RefusedException refused) throws IOException {
        if (refused.status() != 409 && refused.status() != 503) {
            throw refused;
        }
    }

    /** Such as {@code rolled back}. */
    static String words(String state) {
        return state.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
