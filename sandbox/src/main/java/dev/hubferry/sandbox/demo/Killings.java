package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.ServiceProcess;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Kills services with -9 at moments that the dice chose, and starts each again at once. Every service is killed before one is killed
 * twice, and at least two kills are in the cutover.
 */
final class Killings {
    private static final int IN_CUTOVER = 2;

    private final SandboxWorld world;
    private final int number;
    private final Random random;
    private final PrintStream out;
    private final Clock clock = Clock.systemUTC();
    private final List<Moment> planned = new ArrayList<>();
    private final List<Kill> done = new ArrayList<>();
    private boolean drawn;

    Killings(SandboxWorld world, int number, Random random, PrintStream out) {
        this.world = world;
        this.number = number;
        this.random = random;
        this.out = out;
    }

    /** To be killed as soon as the row has begun. */
    private record Moment(Service service, String row) {}

    /** @param state of the row at that moment, such as {@code RUNNING} */
    record Kill(Instant at, Service service, String row, String state) {}

    /**
     * Kills whoever is due; returns when all that were killed are ready again.
     *
     * @param steps the answer of {@code /steps}
     * @return whether anybody was killed
     */
    boolean look(JsonNode steps) {
        if (!drawn) {
            draw(steps);
        }
        boolean killed = false;
        for (JsonNode step : steps) {
            String state = step.path("state").asText();
            if (!state.equals("NOT_STARTED")) {
                killed |= killAt(step.path("name").asText(), state);
            }
        }
        return killed;
    }

    List<Kill> done() {
        return List.copyOf(done);
    }

    private void draw(JsonNode steps) {
        drawn = true;
        List<Service> victims = new ArrayList<>();
        while (victims.size() < number) {
            List<Service> all = Arrays.asList(Service.values());
            Collections.shuffle(all, random);
            victims.addAll(all);
        }
        for (int i = 0; i < number; i++) {
            List<String> rows = rowsOf(victims.get(i), steps, i < IN_CUTOVER);
            planned.add(new Moment(victims.get(i), rows.get(random.nextInt(rows.size()))));
        }
    }

    /** The rows that a service works at; the orchestrator works at all. Not those of the clean-up, which may end between two looks. */
    private static List<String> rowsOf(Service service, JsonNode steps, boolean inCutover) {
        List<String> rows = new ArrayList<>();
        for (JsonNode step : steps) {
            String phase = step.path("phase").asText();
            boolean its = service == Service.ORCHESTRATOR
                    || step.path("participant").asText().equals(participant(service));
            if (its && step.path("kind").asText().equals("STEP") && !phase.equals("clean-up")) {
                if (!inCutover || phase.equals("cutover")) {
                    rows.add(step.path("name").asText());
                }
            }
        }
        return rows;
    }

    private static String participant(Service service) {
        return switch (service) {
            case ORCHESTRATOR -> "";
            case STORAGE -> "storage";
            case K8S -> "k8s";
            case DATABASE -> "db";
            case DNS -> "dns";
        };
    }

    private boolean killAt(String row, String state) {
        boolean killed = false;
        for (Iterator<Moment> moments = planned.iterator(); moments.hasNext(); ) {
            Moment moment = moments.next();
            if (moment.row().equals(row)) {
                moments.remove();
                kill(moment, state);
                killed = true;
            }
        }
        return killed;
    }

    private void kill(Moment moment, String state) {
        List<ServiceProcess> replicas = world.services(moment.service());
        ServiceProcess victim = replicas.get(random.nextInt(replicas.size()));
        Instant at = clock.instant();
        victim.process().kill();
        done.add(new Kill(at, moment.service(), moment.row(), state));
        out.printf(
                Locale.ROOT,
                "killed %s at %s (%s)%n",
                moment.service().module(),
                moment.row(),
                state.toLowerCase(Locale.ROOT));
        victim.restart();
    }
}
